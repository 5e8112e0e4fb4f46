package io.weir.simulator.push;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** Something that goes wrong, on command, with the delivery of a push. {@link PushFaults} says with which ones. */
public sealed interface PushFault {
    /** How a delivery goes with this fault in it. */
    Handling applyTo(Handling handling);

    /** The name by which {@link #of} finds it. */
    String name();

    /** The amount that {@link #of} makes it from; empty for a fault without one. */
    default OptionalLong amount() {
        return OptionalLong.empty();
    }

    /**
     * A fault by its name: {@code duplicate} (amount: further deliveries), {@code delay} (milliseconds), {@code clockOffset}
     * (seconds, negative: behind), {@code drop}, {@code reorder}, {@code noRetry}, {@code unreachable} (no amount).
     *
     * @throws IllegalArgumentException when there is no such fault or the amount is none for it
     */
    static PushFault of(String name, OptionalLong amount) {
        return FaultName.find(name, amount);
    }

    /**
     * The push is sent several times at once, each time with attempts of its own.
     *
     * @param further deliveries beside the ordinary one, 1 to 100
     */
    record Duplicate(int further) implements PushFault {
        /** More would be an attack, not a fault. */
        public static final int MOST = 100;

        public Duplicate {
            Handling.check("duplicate", further, 1, MOST);
        }

        @Override
        public String name() {
            return "duplicate";
        }

        @Override
        public OptionalLong amount() {
            return OptionalLong.of(further);
        }

        @Override
        public Handling applyTo(Handling handling) {
            return handling.withDuplicates(further);
        }
    }

    /**
     * The push is sent late; its CreateTime stays that of the tap.
     *
     * @param by up to an hour
     */
    record Delay(Duration by) implements PushFault {
        public Delay {
            Handling.check("delay in ms", by.toMillis(), 1, Duration.ofHours(1).toMillis());
        }

        @Override
        public String name() {
            return "delay";
        }

        @Override
        public OptionalLong amount() {
            return OptionalLong.of(by.toMillis());
        }

        @Override
        public Handling applyTo(Handling handling) {
            return handling.withDelay(by);
        }
    }

    /** The push is lost on WeChat's side: nothing is sent, nobody is told. */
    record Drop() implements PushFault {
        @Override
        public String name() {
            return "drop";
        }

        @Override
        public Handling applyTo(Handling handling) {
            return handling.withDrop();
        }
    }

    /** The push is held back until the next one of the account is over, but for ten seconds at most. */
    record Reorder() implements PushFault {
        @Override
        public String name() {
            return "reorder";
        }

        @Override
        public Handling applyTo(Handling handling) {
            return handling.withHoldingBack();
        }
    }

    /**
     * The clock of the machine that pushes is wrong: it shows in the signature's timestamp and in CreateTime, and nowhere in
     * the server API.
     *
     * @param ahead negative: behind; up to ten years
     */
    record ClockOffset(Duration ahead) implements PushFault {
        public ClockOffset {
            Handling.check(
                    "clockOffset in seconds",
                    Math.abs(ahead.toSeconds()),
                    0,
                    Duration.ofDays(3653).toSeconds());
        }

        @Override
        public String name() {
            return "clockOffset";
        }

        @Override
        public OptionalLong amount() {
            return OptionalLong.of(ahead.toSeconds());
        }

        @Override
        public Handling applyTo(Handling handling) {
            return handling.withClockOffset(ahead);
        }
    }

    /** No attempt reaches the gateway: in the end the person sees the fault notice. */
    record Unreachable() implements PushFault {
        @Override
        public String name() {
            return "unreachable";
        }

        @Override
        public Handling applyTo(Handling handling) {
            return handling.withGatewayUnreachable();
        }
    }

    /** The push is sent once, whatever comes of it. */
    record NoRetry() implements PushFault {
        @Override
        public String name() {
            return "noRetry";
        }

        @Override
        public Handling applyTo(Handling handling) {
            return handling.withAttempts(1);
        }
    }

    /**
     * The name by which a fault is ordered from outside.
     *
     * @param amount what its number counts; empty for a fault without one
     */
    record FaultName(String name, String amount, LongFunction<PushFault> fault) {
        private static final List<FaultName> ALL = List.of(
                new FaultName("duplicate", "further deliveries", further -> new Duplicate(whole(further))),
                new FaultName("delay", "milliseconds", millis -> new Delay(Duration.ofMillis(millis))),
                new FaultName("clockOffset", "seconds", seconds -> new ClockOffset(Duration.ofSeconds(seconds))),
                new FaultName("drop", "", none -> new Drop()),
                new FaultName("reorder", "", none -> new Reorder()),
                new FaultName("noRetry", "", none -> new NoRetry()),
                new FaultName("unreachable", "", none -> new Unreachable()));

        static PushFault find(String name, OptionalLong amount) {
            return ALL.stream()
                    .filter(known -> known.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("fault: expected one of "
                            + ALL.stream().map(FaultName::name).collect(Collectors.joining(", ")) + ", found " + name))
                    .with(amount);
        }

        private PushFault with(OptionalLong given) {
            if (given.isPresent() && amount.isEmpty()) {
                throw new IllegalArgumentException("fault " + name + " has no amount");
            }
            if (given.isEmpty() && !amount.isEmpty()) {
                throw new IllegalArgumentException("fault " + name + " needs an amount: " + amount);
            }
            return fault.apply(given.orElse(0));
        }

        /** What does not fit becomes what is refused. */
        private static int whole(long number) {
            return (int) Math.max(-1, Math.min(number, Integer.MAX_VALUE));
        }
    }
}
