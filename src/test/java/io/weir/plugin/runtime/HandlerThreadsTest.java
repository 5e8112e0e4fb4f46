package io.weir.plugin.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.redis.Await;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandlerThreadsTest {
    private final ClassLoader loader = new ClassLoader("own", getClass().getClassLoader()) {};
    private final CountDownLatch release = new CountDownLatch(1);
    private final Queue<String> names = new ConcurrentLinkedQueue<>();
    private HandlerThreads threads = HandlerThreads.of("handler-CLICK", loader);

    @AfterEach
    void close() {
        release.countDown();
        threads.close();
    }

    @Test
    void areVirtualWhereTheJdkHasThem() {
        assertThat(threads.isVirtual()).isEqualTo(Runtime.version().feature() >= 21);
    }

    @Test
    void carryTheNameAndTheClassLoaderOfTheHandler() {
        assertThat(threads.run(() -> {
                    names.add(Thread.currentThread().getContextClassLoader().getName());
                    names.add(Thread.currentThread().getName());
                }))
                .isTrue();

        Await.until("the task has run", () -> names.size() == 2);
        assertThat(names).containsExactly("own", "handler-CLICK-1");
    }

    @Test
    void runAtLeastTwentyTasksAtOnce() {
        CountDownLatch together = new CountDownLatch(HandlerThreads.THREADS);
        for (int task = 0; task < HandlerThreads.THREADS; task++) {
            threads.run(() -> {
                together.countDown();
                await(together);
                names.add("ended");
            });
        }

        Await.until("all have met", () -> names.size() == HandlerThreads.THREADS);
    }

    @Test
    void takeAThousandTasksBeyondThoseThatRunAndNoMore() {
        threads.close();
        threads = HandlerThreads.ordinary("few", loader, 2, HandlerThreads.MOST_WAITING);
        CountDownLatch begun = new CountDownLatch(2);
        for (int task = 0; task < 2; task++) {
            threads.run(() -> {
                begun.countDown();
                await(release);
            });
        }
        await(begun);
        int taken = 0;
        while (threads.run(() -> await(release))) {
            taken++;
        }

        assertThat(taken).isEqualTo(HandlerThreads.MOST_WAITING).isEqualTo(threads.waiting());
        release.countDown();
        Await.until("another is taken", () -> threads.run(() -> names.add("later")));
        Await.until("it has run", () -> names.contains("later"));
    }

    @Test
    void takeNothingWhenTheyAreClosed() {
        threads.close();

        assertThat(threads.run(() -> names.add("never"))).isFalse();
        assertThat(threads.waiting()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("never let go");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
