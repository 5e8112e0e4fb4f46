package io.weir.simulator.push;

import io.weir.simulator.push.PushFault.ClockOffset;
import io.weir.simulator.push.PushFault.Delay;
import io.weir.simulator.push.PushFault.Drop;
import io.weir.simulator.push.PushFault.Duplicate;
import io.weir.simulator.push.PushFault.NoRetry;
import io.weir.simulator.push.PushFault.Reorder;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

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
            new FaultName("noRetry", "", none -> new NoRetry()));

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
