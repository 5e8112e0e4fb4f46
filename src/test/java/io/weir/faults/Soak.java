package io.weir.faults;

import io.weir.cli.Table;
import io.weir.cli.Terminal;
import io.weir.faults.fleet.Instance;
import io.weir.faults.fleet.Instance.Usage;
import io.weir.redis.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Load for a long time, with a fault of Redis every two minutes: what an instance takes of the machine must not grow. */
final class Soak implements Scenario {
    private static final Duration AWAY = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(20);
    /** A fault takes the first 10 s of six looks, then the load goes on undisturbed. */
    private static final int LOOKS_OF_A_FAULT = 6;

    private static final int MEGABYTES_MORE = 16;
    private static final int FILES_MORE = 8;
    private static final int THREADS_MORE = 2;

    private final Duration time;
    private final Terminal terminal;

    /** @param time rounded up to whole faults */
    Soak(Duration time, Terminal terminal) {
        this.time = time;
        this.terminal = terminal;
    }

    /** What the instances had at one time. */
    private record Look(long seconds, List<Usage> usages) {
        long most(Function<Usage, Long> what) {
            return usages.stream().map(what).mapToLong(Long::longValue).max().orElse(0);
        }
    }

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public String fault() {
        return "Redis killed or paused for 10 s every 2 minutes, for " + time.toMinutes() + " minutes";
    }

    @Override
    public String promise() {
        return "late, failed, lost, duplicate 0; RSS, open files and threads are flat";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = RedisServer.start();
                Trial trial = Trial.start(stage, this, redis)) {
            trial.load(2 * Rates.STEADY, "sleep 20");
            long begin = System.nanoTime();
            List<Look> looks = new ArrayList<>();
            for (int fault = 0; System.nanoTime() - begin < time.toNanos(); fault++) {
                breakRedis(trial, redis, fault);
                for (int i = 0; i < LOOKS_OF_A_FAULT; i++) {
                    trial.goOn(i == 0 ? BETWEEN_LOOKS.minus(AWAY) : BETWEEN_LOOKS);
                    looks.add(look(trial, begin));
                }
            }
            Verdict verdict = trial.faultEnded().end();
            table(looks);
            return flat(Redis.wentOn(verdict), looks).that("no instance died", trial.allAlive());
        }
    }

    private static void breakRedis(Trial trial, RedisServer redis, int fault) {
        if (fault % 2 == 0) {
            redis.kill();
            trial.goOn(AWAY);
            redis.restart();
        } else {
            redis.pause();
            trial.goOn(AWAY);
            redis.resume();
        }
    }

    private static Look look(Trial trial, long begin) {
        List<Usage> usages =
                trial.fleet().instances().stream().map(Instance::usage).toList();
        return new Look(Duration.ofNanos(System.nanoTime() - begin).toSeconds(), usages);
    }

    /**
     * The last third of the looks beside the third before: in the first one, heap and code cache fill up. Of each the least, since
     * a fault opens connections for a while.
     */
    private static Verdict flat(Verdict verdict, List<Look> looks) {
        int third = looks.size() / 3;
        List<Look> before = looks.subList(third, 2 * third);
        List<Look> last = looks.subList(2 * third, looks.size());
        return verdict.note("RSS in MB, middle third", least(before, Usage::megabytes))
                .note("RSS in MB, last third", least(last, Usage::megabytes))
                .that("RSS is flat", grown(before, last, Usage::megabytes) <= MEGABYTES_MORE)
                .that("open files are flat", grown(before, last, Usage::files) <= FILES_MORE)
                .that("threads are flat", grown(before, last, Usage::threads) <= THREADS_MORE);
    }

    private static long grown(List<Look> before, List<Look> last, Function<Usage, Long> what) {
        return least(last, what) - least(before, what);
    }

    private static long least(List<Look> looks, Function<Usage, Long> what) {
        return looks.stream().mapToLong(look -> look.most(what)).min().orElse(0);
    }

    private void table(List<Look> looks) {
        Table table = new Table();
        table.row("s", "RSS MB", "", "", "files", "", "", "threads", "", "");
        for (Look look : looks) {
            table.row(Stream.of(
                            Stream.of(look.seconds()),
                            look.usages().stream().map(Usage::megabytes),
                            look.usages().stream().map(Usage::files),
                            look.usages().stream().map(Usage::threads))
                    .flatMap(Function.identity())
                    .map(String::valueOf)
                    .toArray(String[]::new));
        }
        table.lines().forEach(terminal::result);
    }
}
