package io.weir.wechat.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BufferedRandomTest {
    private final List<byte[]> asked = new ArrayList<>();
    private final BufferedRandom random = new BufferedRandom(this::count);

    @Test
    void givesTheBytesOfItsSourceInTheirOrderAndNoneTwice() {
        byte[] first = taken(16);
        byte[] second = taken(4);

        assertThat(first).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        assertThat(second).containsExactly(16, 17, 18, 19);
    }

    @Test
    void asksItsSourceOncePer4096Bytes() {
        for (int i = 0; i < 512; i++) {
            taken(16);
        }

        assertThat(asked).hasSize(2);
        assertThat(asked.get(0)).hasSize(4_096);
    }

    @Test
    void wipesWhatItHasGiven() {
        taken(16);

        assertThat(asked.get(0)).startsWith(new byte[16]);
        assertThat(asked.get(0)[17]).isEqualTo((byte) 17);
    }

    @Test
    void leavesOutARestThatIsTooShort() {
        for (int i = 0; i < 255; i++) {
            taken(16);
        }
        taken(4);

        assertThat(taken(16)).startsWith(0, 1, 2);
        assertThat(asked).hasSize(2);
    }

    private byte[] taken(int count) {
        byte[] target = new byte[count];
        random.accept(target);
        return target;
    }

    private void count(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        asked.add(bytes);
    }
}
