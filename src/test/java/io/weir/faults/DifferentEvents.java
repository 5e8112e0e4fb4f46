package io.weir.faults;

import io.weir.faults.push.Push;
import io.weir.faults.push.PushMill;
import io.weir.redis.RedisServer;
import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Pushes that are alike but not the same. */
final class DifferentEvents implements Scenario {
    private static final int PAIRS = 10_000;
    private static final int KINDS = 3;
    private static final int AT_ONCE = 100;

    @Override
    public String name() {
        return "different-events";
    }

    @Override
    public String fault() {
        return "10,000 pairs: two events of one sender and second; one MsgId from two senders";
    }

    @Override
    public String promise() {
        return "0 suppressed of 10,000 pairs: each has its own run and reply";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis)) {
            int pairs = stage.count(PAIRS);
            for (int first = 0; first < pairs; first += AT_ONCE) {
                trial.deliver(IntStream.range(first, first + AT_ONCE)
                        .boxed()
                        .flatMap(number -> pair(trial.mill(), number))
                        .toList());
            }
            Verdict verdict = trial.end();
            long begun = Handlers.begun(trial);
            return verdict.flawless()
                    .equal("suppressed", 2L * pairs - begun, 0)
                    .equal("replies of their own", Handlers.replies(trial), 2L * pairs);
        }
    }

    private static Stream<Push> pair(PushMill mill, int number) {
        Instant second = Instant.now();
        String user = "oRigPair" + number;
        return switch (number % KINDS) {
            case 0 -> Stream.of(mill.text(number, user, "a"), mill.text(number, user + "x", "b"));
            case 1 -> Stream.of(mill.tap(number, user, second, "a"), mill.tap(number, user, second, "b"));
            default -> Stream.of(mill.scan(number, user, second, "a"), mill.scan(number, user, second, "b"));
        };
    }
}
