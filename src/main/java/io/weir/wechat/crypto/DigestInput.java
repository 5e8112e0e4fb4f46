package io.weir.wechat.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Texts and numbers collected as bytes, for a digest or a row, in an array that is used again. Not thread-safe. */
public final class DigestInput {
    private byte[] bytes;
    private int length;

    /** @param capacity expected number of bytes */
    public DigestInput(int capacity) {
        this.bytes = new byte[capacity];
    }

    /** Begins anew. */
    public void clear() {
        length = 0;
    }

    /** Adds the text in UTF-8; an unpaired surrogate becomes a question mark. */
    public void text(String text) {
        text(text, 0, text.length());
    }

    /** Adds a part of the text in UTF-8. */
    public void text(String text, int from, int to) {
        reserve(to - from);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bytes(text.substring(from, to).getBytes(StandardCharsets.UTF_8));
                return;
            }
            bytes[length + i - from] = (byte) c;
        }
        length += to - from;
    }

    /** Adds the text in UTF-8 with its number of bytes before it. */
    public void textWithLength(String text) {
        int start = length;
        number(0);
        text(text);
        int end = length;
        length = start;
        number(end - start - Integer.BYTES);
        length = end;
    }

    /** Adds the number in four bytes, the highest first. */
    public void number(int number) {
        reserve(Integer.BYTES);
        bytes[length] = (byte) (number >>> 24);
        bytes[length + 1] = (byte) (number >>> 16);
        bytes[length + 2] = (byte) (number >>> 8);
        bytes[length + 3] = (byte) number;
        length += Integer.BYTES;
    }

    /** The array; what was added stands in it from 0 to {@link #length()}. */
    public byte[] array() {
        return bytes;
    }

    /** How many bytes were added. */
    public int length() {
        return length;
    }

    private void bytes(byte[] added) {
        reserve(added.length);
        System.arraycopy(added, 0, bytes, length, added.length);
        length += added.length;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, 2 * (bytes.length + more));
        }
    }
}
