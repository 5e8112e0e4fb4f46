package io.weir.dispatch.once;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keeps texts one behind the other in an array, the newest over the oldest: nothing that the garbage collector has to look at.
 * Not for several threads at once.
 */
final class AnswerArena {
    private static final int FIRST_BYTES = 1 << 13;

    private final int maxBytes;
    private byte[] bytes = new byte[FIRST_BYTES];
    /** Position behind the newest text; positions grow for ever. */
    private long end;

    /** @param maxBytes a power of two */
    AnswerArena(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Whether a text of so many bytes can be kept without losing the one at a position. */
    boolean spares(long position, int length) {
        return begin(length) + length - position <= bytes.length;
    }

    /** Makes room for more; false when that is at its limit. What is kept must be moved. */
    boolean canGrow() {
        return bytes.length < maxBytes;
    }

    /** The bytes before they grew, for {@link #move}. */
    byte[] grow() {
        byte[] before = bytes;
        bytes = new byte[before.length * 2];
        return before;
    }

    /** Moves a text to where it is found after growing. */
    void move(byte[] before, long position, int length) {
        System.arraycopy(before, offset(before, position), bytes, offset(bytes, position), length);
    }

    boolean fits(int length) {
        return length <= bytes.length;
    }

    /** Keeps a text that fits; its position. */
    long add(byte[] text) {
        long begin = begin(text.length);
        System.arraycopy(text, 0, bytes, offset(bytes, begin), text.length);
        end = begin + text.length;
        return begin;
    }

    /** Where the next text begins, or a little before. */
    long end() {
        return end;
    }

    String text(long position, int length) {
        int from = offset(bytes, position);
        return new String(Arrays.copyOfRange(bytes, from, from + length), StandardCharsets.UTF_8);
    }

    /** Where a text begins: never so that it would have to go round the end of the array. */
    private long begin(int length) {
        int offset = offset(bytes, end);
        return offset + length > bytes.length ? end + bytes.length - offset : end;
    }

    private static int offset(byte[] in, long position) {
        return (int) (position & (in.length - 1));
    }
}
