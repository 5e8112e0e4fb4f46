package io.weir.simulator.platform;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.Adler32;
import java.util.zip.CRC32;

/**
 * Small PNG pictures, a pattern of two colours for each seed: 64 × 64 points, under 1 KiB.
 *
 * <p>Written by hand and not compressed, so that the bytes, and with them the MD5 that a push tells, are the same on every
 * machine; what a compressor makes depends on its version.
 */
final class Picture {
    private static final int CELLS = 8;
    private static final int CELL_POINTS = 8;
    private static final int SIDE = CELLS * CELL_POINTS;

    private Picture() {}

    /** The same bytes for the same seed, others for another. */
    static Buffer of(String seed) {
        byte[] digest = digest(seed);
        Buffer header = Buffer.buffer()
                .appendInt(SIDE)
                .appendInt(SIDE)
                .appendByte((byte) 1) // bit per point
                .appendByte((byte) 3) // colours from a palette
                .appendBytes(new byte[3]);
        return Buffer.buffer()
                .appendLong(0x89504E470D0A1A0AL)
                .appendBuffer(chunk("IHDR", header))
                .appendBuffer(chunk("PLTE", Buffer.buffer().appendBytes(digest, 0, 6)))
                .appendBuffer(chunk("IDAT", stored(points(digest))))
                .appendBuffer(chunk("IEND", Buffer.buffer()));
    }

    /** The rows from top to bottom, each after a byte that says it is not filtered; a cell is a byte wide. */
    private static Buffer points(byte[] digest) {
        Buffer rows = Buffer.buffer();
        for (int y = 0; y < SIDE; y++) {
            rows.appendByte((byte) 0);
            int cells = digest[6 + y / CELL_POINTS];
            for (int x = 0; x < CELLS; x++) {
                rows.appendByte((byte) ((cells >> x & 1) == 0 ? 0x00 : 0xFF));
            }
        }
        return rows;
    }

    /** In zlib's format, as one block that is not compressed. */
    private static Buffer stored(Buffer data) {
        Adler32 sum = new Adler32();
        sum.update(data.getBytes());
        return Buffer.buffer()
                .appendShort((short) 0x7801)
                .appendByte((byte) 1)
                .appendShortLE((short) data.length())
                .appendShortLE((short) ~data.length())
                .appendBuffer(data)
                .appendInt((int) sum.getValue());
    }

    private static Buffer chunk(String type, Buffer data) {
        Buffer checked = Buffer.buffer(type.getBytes(StandardCharsets.US_ASCII)).appendBuffer(data);
        CRC32 sum = new CRC32();
        sum.update(checked.getBytes());
        return Buffer.buffer().appendInt(data.length()).appendBuffer(checked).appendInt((int) sum.getValue());
    }

    private static byte[] digest(String seed) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
