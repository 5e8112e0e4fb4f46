package io.weir.faults.proxy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What a proxy does to what passes it. */
interface Weather {
    /** Whether what comes is dropped, both ways. */
    default boolean swallows() {
        return false;
    }

    /** The error that this command gets in place of Redis's answer. */
    default Optional<String> refusal(String command) {
        return Optional.empty();
    }

    /** What stands for an answer to this command. */
    default byte[] answer(String command, byte[] answer) {
        return answer;
    }

    /** How long an answer of so many bytes takes. */
    default Duration slowness(int bytes) {
        return Duration.ZERO;
    }

    /** Nothing arrives. */
    record Silence() implements Weather {
        @Override
        public boolean swallows() {
            return true;
        }
    }

    /** Redis's clock is wrong. */
    record ClockAhead(Duration time) implements Weather {
        @Override
        public byte[] answer(String command, byte[] answer) {
            return command.equals("TIME") ? Resp.later(answer, time) : answer;
        }
    }

    /** There are no connections that anything could pass on. */
    record Cut() implements Weather {}

    /**
     * Everything arrives, some time.
     *
     * @param delay of each answer
     * @param bytesPerSecond of answers
     */
    record Slow(Duration delay, int bytesPerSecond) implements Weather {
        @Override
        public Duration slowness(int bytes) {
            return delay.plusNanos(bytes * 1_000_000_000L / bytesPerSecond);
        }
    }

    /** So many commands get an error. */
    final class Refusing implements Weather {
        private final Refusal refusal;
        private final AtomicInteger left;

        Refusing(Refusal refusal, int commands) {
            this.refusal = refusal;
            this.left = new AtomicInteger(commands);
        }

        @Override
        public Optional<String> refusal(String command) {
            boolean refused = refusal.refuses(command) && left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
            return refused ? Optional.of(refusal.answer()) : Optional.empty();
        }
    }
}
