package io.weir.wechat.codec;

import java.util.Random;

/** Seeded texts: whatever a Java string can hold, with what is special to XML, UTF-16 and templates often among it. */
final class AnyText {
    private static final String[] PIECES = {
        "]]>",
        "]]",
        "]",
        ">",
        "<",
        "&",
        "&amp;",
        "&#0;",
        "<![CDATA[",
        "</xml>",
        "<!--",
        "\"",
        "'",
        "{",
        "}",
        "\\",
        "%s",
        "\0",
        "\b",
        "\t",
        "\n",
        "\r",
        "\r\n",
        "\u000B",
        "\u001B",
        "\u007F",
        "\u0085",
        "\u2028",
        "\uFEFF",
        "\uFFFD",
        "\uFFFE",
        "\uFFFF",
        "\uD800",
        "\uDBFF",
        "\uDC00",
        "\uDFFF",
        "\uE000",
        "é",
        "你",
        "😀",
        "👨‍👩‍👧",
        "a",
        " ",
        "\u3000"
    };

    private final Random random;

    AnyText(long seed) {
        this.random = new Random(seed);
    }

    /** The next text, now and then an empty or a long one. */
    String next() {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(200) == 0 ? 5_000 : random.nextInt(10);
        for (int i = 0; i < pieces; i++) {
            if (random.nextInt(4) == 0) {
                text.append((char) random.nextInt(0x10000));
            } else {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
        }
        return text.toString();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }
}
