package io.weir.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.receiver.PushServer.LoopStalls;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopStallsTest {
    private final LoopStalls stalls = new LoopStalls(at(0));

    @Test
    void takesTheMomentOfReadingWhileTheLoopTicks() {
        stalls.tick(at(100));
        stalls.tick(at(350));

        assertThat(stalls.waitingSince(at(360))).isEqualTo(at(360));
        assertThat(stalls.waitingSince(at(650))).isEqualTo(at(650));
    }

    @Test
    void takesTheLastTickForWhatIsReadBeforeTheNextOne() {
        stalls.tick(at(100));

        assertThat(stalls.waitingSince(at(401))).isEqualTo(at(100));
    }

    @Test
    void takesTheLastTickBeforeTheStallWhileTheLoopCatchesUp() {
        stalls.tick(at(100));
        stalls.tick(at(10_000));
        stalls.tick(at(10_100));

        assertThat(stalls.waitingSince(at(10_299))).isEqualTo(at(100));
        assertThat(stalls.waitingSince(at(10_300))).isEqualTo(at(10_300));
    }

    /** {@link System#nanoTime()} may overflow. */
    private static long at(long millis) {
        return Long.MAX_VALUE - 1_000_000_000 + TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
