package io.weir.wechat.menu;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Parses JSON. */
final class StrictJson {
    private StrictJson() {}

    static ObjectNode parse(byte[] utf8) {
        return pending(utf8.length + "");
    }

    static ObjectNode parse(String text) {
        return pending(text);
    }

    private static ObjectNode pending(String what) {
        throw new UnsupportedOperationException(what);
    }
}
