package io.weir.wechat.crypto;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Random bytes taken from a secure generator {@value #BYTES} at a time, since a generator is a lock for all threads. What has
 * been given is wiped. One instance per thread.
 */
public final class BufferedRandom implements Consumer<byte[]> {
    private static final int BYTES = 4_096;

    private final Consumer<byte[]> source;
    private final byte[] buffer = new byte[BYTES];
    private int next = BYTES;

    /** @param source fills an array with bytes from a secure generator */
    public BufferedRandom(Consumer<byte[]> source) {
        this.source = source;
    }

    /** Fills the array, which is at most {@value #BYTES} bytes long. */
    @Override
    public void accept(byte[] target) {
        if (target.length > BYTES - next) {
            source.accept(buffer);
            next = 0;
        }
        System.arraycopy(buffer, next, target, 0, target.length);
        Arrays.fill(buffer, next, next + target.length, (byte) 0);
        next += target.length;
    }
}
