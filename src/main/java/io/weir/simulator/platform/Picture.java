package io.weir.simulator.platform;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.Adler32;
import java.util.zip.CRC32;

/**
 * Small PNG pictures, for each seed a landscape: a sky with a sun, hills behind hills; 80 × 80 points, under 2 KiB.
 *
 * <p>Written by hand and not compressed, so that the bytes, and with them the MD5 that a push tells, are the same on every
 * machine; what a compressor makes depends on its version.
 */
final class Picture {
    private static final int SIDE = 80;
    private static final int POINTS_PER_BYTE = 4;

    private Picture() {}

    /** The same bytes for the same seed, others for another. */
    static Buffer of(String seed) {
        byte[] digest = digest(seed);
        Buffer header = Buffer.buffer()
                .appendInt(SIDE)
                .appendInt(SIDE)
                .appendByte((byte) 2) // bits per point
                .appendByte((byte) 3) // colours from a palette
                .appendBytes(new byte[3]);
        return Buffer.buffer()
                .appendLong(0x89504E470D0A1A0AL)
                .appendBuffer(chunk("IHDR", header))
                .appendBuffer(chunk("PLTE", palette(digest)))
                .appendBuffer(chunk("IDAT", stored(points(digest))))
                .appendBuffer(chunk("IEND", Buffer.buffer()));
    }

    /** Sky, sun, far hills, near hills: each a little another one for each seed. */
    private static Buffer palette(byte[] digest) {
        int[] base = {0x70, 0xA8, 0xD8, 0xE0, 0xC8, 0x50, 0x58, 0x88, 0x78, 0x28, 0x58, 0x38};
        Buffer colours = Buffer.buffer();
        for (int i = 0; i < base.length; i++) {
            colours.appendByte((byte) (base[i] + digest[i] % 32));
        }
        return colours;
    }

    /** The rows from top to bottom, each after a byte that says it is not filtered; four points a byte. */
    private static Buffer points(byte[] digest) {
        Buffer rows = Buffer.buffer();
        for (int y = 0; y < SIDE; y++) {
            rows.appendByte((byte) 0);
            for (int x = 0; x < SIDE; x += POINTS_PER_BYTE) {
                int four = 0;
                for (int point = 0; point < POINTS_PER_BYTE; point++) {
                    four = four << 2 | colour(x + point, y, digest);
                }
                rows.appendByte((byte) four);
            }
        }
        return rows;
    }

    private static int colour(int x, int y, byte[] digest) {
        if (y > hill(x, 55, digest, 12)) {
            return 3;
        }
        if (y > hill(x, 41, digest, 18)) {
            return 2;
        }
        int right = x - Math.floorMod(digest[24], SIDE);
        int down = y - 9 - Math.floorMod(digest[25], 15);
        return right * right + down * down < 56 ? 1 : 0;
    }

    /** Two waves of parabolas; whole numbers only, which every machine reckons alike. */
    private static int hill(int x, int height, byte[] digest, int at) {
        return height
                + wave(x + digest[at], 40 + Math.floorMod(digest[at + 1], 30), 9)
                + wave(x + digest[at + 2], 15 + Math.floorMod(digest[at + 3], 10), 3);
    }

    private static int wave(int x, int length, int amplitude) {
        int at = Math.floorMod(x, length);
        int half = at * 2 < length ? at * 2 : at * 2 - length;
        int arch = 4 * amplitude * half * (length - half) / (length * length);
        return at * 2 < length ? arch : -arch;
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
