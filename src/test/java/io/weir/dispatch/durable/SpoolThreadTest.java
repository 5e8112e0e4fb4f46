package io.weir.dispatch.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.weir.client.ManualClock;
import io.weir.dispatch.durable.Spool.SpoolException;
import io.weir.redis.Await;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks is told, once, also where the thread ends meanwhile. */
class SpoolThreadTest {
    private static final int ROUNDS = 2_000;
    private static final int ASKERS = 3;

    @TempDir
    Path folder;

    private SpoolThread thread() {
        ManualClock clock = new ManualClock("2026-12-01T08:00:00Z");
        SpoolDisk.Listener nobody = new SpoolDisk.Listener() {
            @Override
            public void found(SpoolEntry entry) {}

            @Override
            public void lost(SpoolEntry entry) {}
        };
        return new SpoolThread(new SpoolDisk(folder, 1 << 16, clock, clock::nanos, nobody), () -> {});
    }

    @Test
    void tellsEachOnceWhoAsksWhileItEnds() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            SpoolThread thread = thread();
            AtomicInteger done = new AtomicInteger();
            CyclicBarrier together = new CyclicBarrier(ASKERS + 1);
            List<Thread> askers = new ArrayList<>();
            List<Future<Void>> asked = Collections.synchronizedList(new ArrayList<>());
            List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
            for (int i = 0; i < ASKERS; i++) {
                askers.add(new Thread(() -> {
                    try {
                        together.await(10, TimeUnit.SECONDS);
                        for (int k = 0; k < 4; k++) {
                            asked.add(thread.ask(promise -> {
                                done.incrementAndGet();
                                promise.complete();
                            }));
                        }
                    } catch (Throwable e) {
                        thrown.add(e);
                    }
                }));
            }
            askers.forEach(Thread::start);
            together.await(10, TimeUnit.SECONDS);
            Await.result(thread.end(() -> {}));
            for (Thread each : askers) {
                each.join();
            }

            assertThat(thrown).isEmpty();
            int told = 0;
            for (Future<Void> each : asked) {
                Await.result(each.otherwiseEmpty());
                told += each.succeeded() ? 1 : 0;
            }
            assertThat(asked).hasSize(ASKERS * 4);
            assertThat(told).isEqualTo(done.get());
        }
    }

    @Test
    void refusesWhatIsAskedAfterItsEnd() {
        SpoolThread thread = thread();
        Await.result(thread.end(() -> {}));

        assertThatThrownBy(() -> Await.result(thread.ask(promise -> promise.complete())))
                .isInstanceOf(SpoolException.class)
                .hasMessage("the spool is closed");
    }
}
