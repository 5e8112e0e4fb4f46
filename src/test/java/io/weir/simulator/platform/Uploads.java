package io.weir.simulator.platform;

import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;

/** Files that begin as those of a format do and are of a wanted size. */
public final class Uploads {
    private Uploads() {}

    /** Of so many bytes, the first given in hexadecimal digits. */
    public static Buffer file(String beginning, int bytes) {
        byte[] start = HexFormat.of().parseHex(beginning);
        return Buffer.buffer(bytes).appendBytes(start).appendBytes(new byte[bytes - start.length]);
    }

    public static Buffer png(int bytes) {
        return file("89504e470d0a1a0a", bytes);
    }

    public static Buffer jpeg(int bytes) {
        return file("ffd8ffe0", bytes);
    }

    public static Buffer amr(int bytes) {
        return file("2321414d520a", bytes);
    }

    public static Buffer mp4(int bytes) {
        return file("00000018667479706d703432", bytes);
    }
}
