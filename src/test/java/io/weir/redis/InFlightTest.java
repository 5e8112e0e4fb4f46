package io.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.weir.redis.InFlight.RedisCommand;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private final InFlight inFlight = new InFlight(2);

    @Test
    void failsWhatIsOverItsLimitAndNothingElse() {
        Promise<RedisAnswer> slow = Promise.promise();
        Promise<RedisAnswer> behind = Promise.promise();
        add(slow, 100);
        add(behind, 101);
        assertThat(inFlight.hasDue(99)).isFalse();

        assertThat(inFlight.hasDue(100)).isTrue();
        inFlight.failDue(100);

        assertThat(fault(slow.future())).isEqualTo(RedisFault.TIMEOUT);
        assertThat(behind.future().isComplete()).isFalse();
        assertThat(inFlight.hasDue(100)).isFalse();
    }

    @Test
    void aFailedOneKeepsItsPlaceUntilItsAnswerComes() {
        Promise<RedisAnswer> slow = Promise.promise();
        RedisCommand first = add(slow, 100);
        RedisCommand second = add(Promise.promise(), 1_000);
        inFlight.failDue(100);
        assertThat(inFlight.admit()).isFalse();

        inFlight.leave(first);
        first.complete(RedisAnswer.of(null));

        assertThat(fault(slow.future())).isEqualTo(RedisFault.TIMEOUT);
        assertThat(inFlight.admit()).isTrue();
        inFlight.leave(second);
        assertThat(inFlight.isEmpty()).isTrue();
    }

    @Test
    void failsEverythingAtOnce() {
        Promise<RedisAnswer> command = Promise.promise();
        add(command, 100);
        Future<String> step = inFlight.limited(Promise.<String>promise().future(), 100);

        inFlight.failAll(new RedisException(RedisFault.LOADING, "test"));

        assertThat(fault(command.future())).isEqualTo(RedisFault.LOADING);
        assertThat(fault(step)).isEqualTo(RedisFault.LOADING);
        assertThat(inFlight.isEmpty()).isTrue();
        assertThat(inFlight.admit()).isTrue();
    }

    @Test
    void aStepEndsAsItEnds() {
        Promise<String> done = Promise.promise();
        Promise<String> late = Promise.promise();
        Future<String> first = inFlight.limited(done.future(), 100);
        Future<String> second = inFlight.limited(late.future(), 100);

        done.complete("done");
        inFlight.failDue(100);
        late.complete("late");

        assertThat(first.result()).isEqualTo("done");
        assertThat(fault(second)).isEqualTo(RedisFault.TIMEOUT);
        assertThat(inFlight.isEmpty()).isTrue();
    }

    private RedisCommand add(Promise<RedisAnswer> answer, long deadline) {
        RedisCommand command = new RedisCommand(List.of(Request.cmd(Command.PING)), answer, Optional.empty(), deadline);
        assertThat(inFlight.admit()).isTrue();
        inFlight.add(command);
        return command;
    }

    private static RedisFault fault(Future<?> failed) {
        return ((RedisException) failed.cause()).fault();
    }
}
