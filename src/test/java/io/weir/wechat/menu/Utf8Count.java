package io.weir.wechat.menu;

/** Counts bytes of UTF-8 by the table of the standard, not by Java's encoder. */
final class Utf8Count {
    private Utf8Count() {}

    static int of(String text) {
        return text.codePoints()
                .map(each -> each < 0x80 ? 1 : each < 0x800 ? 2 : each < 0x10000 ? 3 : 4)
                .sum();
    }
}
