package io.weir.command;

import io.weir.simulator.load.LoadPlan;
import io.weir.simulator.push.Handling;
import io.weir.simulator.push.Pusher.Connections;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How pushes are delivered, how many and how fast; a picocli {@code @Mixin}. */
final class DeliveryOptions {
    private static final int MOST_DELIVERIES = 1_000_000;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--attempts",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many times at most; a further attempt is made only when the one before got no answer "
                    + "within 5 seconds or another status than 200. Default: 3, as WeChat.")
    private int attempts;

    @Option(
            names = "--duplicates",
            paramLabel = "K",
            defaultValue = "0",
            description = "Send each push K more times at the same moment and compare the answers.")
    private int duplicates;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Send N pushes and print a table. Each is a push of its own: another MsgId, another user; with "
                            + "--user the events differ in CreateTime, going back one second each.")
    private int repeat;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description =
                    "With --repeat: how many are on their way at a time. Default: 1; with --rate as many as it takes, "
                            + "up to 1000.")
    private Optional<Integer> concurrency = Optional.empty();

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "With --repeat: begin R pushes a second, however long the answers take.")
    private Optional<Double> rate = Optional.empty();

    @Option(names = "--keep-alive", description = "Reuse connections, which WeChat does not do.")
    private boolean keepAlive;

    boolean many() {
        return repeat != 1;
    }

    Handling handling() {
        return checked(() -> Handling.LIKE_WECHAT.withAttempts(attempts).withDuplicates(duplicates));
    }

    LoadPlan plan() {
        int deliveries = 1 + handling().duplicates();
        int most = Connections.MOST / deliveries;
        int atOnce = concurrency.orElse(rate.isPresent() ? most : 1);
        OptionalDouble perSecond = rate.map(OptionalDouble::of).orElse(OptionalDouble.empty());
        LoadPlan plan = checked(() -> new LoadPlan(repeat, atOnce, perSecond, LoadPlan.USUAL_LIMIT));
        require(many() || (concurrency.isEmpty() && rate.isEmpty()), "--concurrency and --rate need --repeat");
        require((long) repeat * deliveries <= MOST_DELIVERIES, "--duplicates: that makes more than 1000000 deliveries");
        require(atOnce <= most, "--duplicates: that makes more than " + Connections.MOST + " deliveries at a time");
        require(
                plan.due(repeat).compareTo(plan.limit()) <= 0,
                "--rate: that takes longer than " + plan.limit().toMinutes() + " minutes, the limit");
        return plan;
    }

    Connections connections() {
        return new Connections(plan().concurrency() * (1 + duplicates), keepAlive);
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    /** Those who refuse name the part as the option is named. */
    private <T> T checked(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }
}
