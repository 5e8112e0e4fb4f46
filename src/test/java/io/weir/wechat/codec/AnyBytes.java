package io.weir.wechat.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.wechat.message.Samples;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/** Seeded bodies: noise, genuine pushes with bytes changed, markup thrown together, and large ones made to be costly. */
final class AnyBytes {
    private static final List<byte[]> GENUINE =
            Samples.names().stream().map(Samples::bytes).toList();

    private static final String[] PIECES = {
        "<xml>",
        "</xml>",
        "<ToUserName>gh_1</ToUserName>",
        "<FromUserName><![CDATA[o1]]></FromUserName>",
        "<CreateTime>1732000000</CreateTime>",
        "<CreateTime>-1</CreateTime>",
        "<MsgType>text</MsgType>",
        "<MsgType>event</MsgType>",
        "<Event>CLICK</Event>",
        "<Event>subscribe</Event>",
        "<Event>",
        "</Event>",
        "<EventKey>",
        "</EventKey>",
        "<Content>",
        "</Content>",
        "<MsgId>1</MsgId>",
        "<Encrypt>",
        "</Encrypt>",
        "<Encrypt/>",
        "AAAA",
        "<![CDATA[",
        "]]>",
        "<!DOCTYPE xml>",
        "<!--",
        "-->",
        "<?p ?>",
        "&amp;",
        "&#0;",
        "&#x10FFFF;",
        "&a;",
        "微信😀",
        "\uFFFE",
        "\0",
        "\uFEFF",
        "\r\n",
        " ",
        "<SendLocationInfo><Location_X>1</Location_X></SendLocationInfo>",
        "<SendPicsInfo><Count>2147483648</Count><PicList><item/></PicList></SendPicsInfo>"
    };

    private static final String[] TEXTS = {
        "",
        " ",
        "0",
        "9",
        "-",
        "+",
        ".",
        ",",
        "e9",
        "99999999999999999999",
        "x",
        "_",
        "你",
        "😀",
        "٣",
        "\u0001",
        "]",
        "\n"
    };

    private static final String[] REPEATED = {
        "<a>",
        "<a/>",
        "<a></a>",
        " a='1'",
        "<?p?>",
        "<!---->",
        "<![CDATA[]]>",
        "]]>",
        "]",
        "&amp;",
        "&#1;",
        "\0",
        "<",
        "9",
        "😀",
        "<Event>x</Event>"
    };

    private final Random random;

    AnyBytes(long seed) {
        this.random = new Random(seed);
    }

    /** The next body, mostly below one kilobyte. */
    byte[] next() {
        return switch (random.nextInt(20)) {
            case 0 -> noise(random.nextInt(200));
            case 1, 2, 3, 4, 5, 6 -> thrownTogether();
            default -> mutated(GENUINE.get(random.nextInt(GENUINE.size())));
        };
    }

    /** The next body of at most 64 KiB, one thing many times over inside of a push. */
    byte[] large() {
        String piece = REPEATED[random.nextInt(REPEATED.length)];
        int most = 1 << random.nextInt(5, 17);
        int count = (most - 64) / piece.getBytes(UTF_8).length;
        String head = random.nextBoolean() ? "<xml>" : "<xml><MsgType>text</MsgType><Content>";
        String tail = random.nextBoolean() ? "</xml>" : "</Content></xml>";
        return (head + piece.repeat(Math.max(0, count)) + tail).getBytes(UTF_8);
    }

    /** The bytes with one to three changes. */
    byte[] mutated(byte[] bytes) {
        byte[] changed = bytes;
        for (int changes = random.nextInt(6) / 2; changes >= 0; changes--) {
            changed = changed(changed);
        }
        return changed;
    }

    private byte[] changed(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int dropped = 0;
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 64);
        out.write(bytes, 0, at);
        switch (random.nextInt(10)) {
            case 0 -> out.write(random.nextInt(256));
            case 1 -> dropped = 1 + random.nextInt(8);
            case 2 -> out.writeBytes(piece().getBytes(UTF_8));
            case 3 -> out.write(bytes, at / 2, at - at / 2);
            case 4, 5, 6, 7 -> {
                boolean letter = at < bytes.length && Character.isLetterOrDigit(bytes[at]) && isInText(bytes, at);
                out.writeBytes(letter ? text() : new byte[0]);
                dropped = letter ? 1 : 0;
            }
            default -> out.writeBytes(noise(random.nextInt(4)));
        }
        int rest = Math.min(bytes.length, at + dropped);
        out.write(bytes, rest, bytes.length - rest);
        return out.toByteArray();
    }

    /** Whether the nearest markup before it is the end of a tag or the beginning of a CDATA section. */
    private static boolean isInText(byte[] bytes, int at) {
        int before = at;
        while (before > 0 && bytes[before] != '<' && bytes[before] != '>' && bytes[before] != '[') {
            before--;
        }
        return bytes[before] == '>' || bytes[before] == '[';
    }

    private byte[] text() {
        return TEXTS[random.nextInt(TEXTS.length)].getBytes(UTF_8);
    }

    private byte[] thrownTogether() {
        StringBuilder body = new StringBuilder("<xml>");
        for (int pieces = random.nextInt(10); pieces > 0; pieces--) {
            body.append(piece());
        }
        return body.append("</xml>").toString().getBytes(UTF_8);
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private String piece() {
        return PIECES[random.nextInt(PIECES.length)];
    }
}
