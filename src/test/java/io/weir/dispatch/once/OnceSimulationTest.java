package io.weir.dispatch.once;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.weir.dispatch.once.OnceSimulation.Conditions;
import io.weir.dispatch.once.OnceSimulation.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * Once-only under thousands of {@linkplain OnceSimulation schedules}, each decided by a seed. A schedule that breaks an {@linkplain
 * OnceInvariants invariant} is printed with its history. {@code -Dweir.seed=N} prints the schedule of that seed under all conditions
 * instead, {@code -Dweir.seeds=N} runs so many of each, {@code -Dweir.first=N} begins elsewhere.
 */
class OnceSimulationTest {
    private static final long FIRST = Long.getLong("weir.first", 0);
    private static final int SEEDS = Integer.getInteger("weir.seeds", 1_500);
    private static final int SHOWN = 1;
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("io.weir.dispatch");
    private static final Level BEFORE = LOGGER.getLevel();

    @BeforeAll
    static void logsNothing() {
        LOGGER.setLevel(Level.OFF);
    }

    @AfterAll
    static void logsAgain() {
        LOGGER.setLevel(BEFORE);
    }

    static Stream<Conditions> conditions() {
        return Stream.of(
                new Conditions("calm", 3, false, false, false, false, false),
                new Conditions("one instance without Redis", 1, true, false, true, false, false),
                new Conditions("kills", 3, true, true, false, false, false),
                new Conditions("stalls", 3, true, false, true, false, false),
                new Conditions("kills and stalls", 3, true, true, true, false, false),
                new Conditions("kills and stalls, no affinity", 3, false, true, true, false, false),
                new Conditions("Redis away", 3, true, false, true, true, false),
                new Conditions("Redis away and kills, no affinity", 3, false, true, true, true, false),
                new Conditions("failover", 3, true, false, false, false, true),
                new Conditions("failover, no affinity, kills and stalls", 3, false, true, true, false, true));
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void holdsWhateverHappens(Conditions conditions) {
        Long seed = Long.getLong("weir.seed");
        Tally tally = new Tally(conditions);
        if (seed == null) {
            for (long each = FIRST; each < FIRST + SEEDS; each++) {
                tally.add(each, OnceSimulation.run(conditions, each, false));
            }
        } else {
            tally.add(seed, OnceSimulation.run(conditions, seed, false));
            print(OnceSimulation.run(conditions, seed, true));
        }
        tally.print();

        assertThat(tally.broken).isEmpty();
        assertThat(tally.excused).allSatisfy((name, count) -> {
            assertThat(conditions.mayCause(name)).as(name).isTrue();
            assertThat(count).as(name).isLessThanOrEqualTo(conditions.bound(name, tally.pushes));
        });
    }

    @Test
    void aSeedDecidesWhatHappens() {
        for (Conditions conditions : conditions().toList()) {
            List<String> once =
                    OnceSimulation.run(conditions, 7, true).history().lines();

            assertThat(OnceSimulation.run(conditions, 7, true).history().lines())
                    .isEqualTo(once);
        }
    }

    /** What came of many schedules. */
    private static final class Tally {
        private final Conditions conditions;
        private final List<String> broken = new ArrayList<>();
        private final Map<String, Integer> kinds = new TreeMap<>();
        private final Map<String, Integer> excused = new TreeMap<>();
        private final long began = System.nanoTime();
        private int schedules;
        private int runs;
        private int pushes;

        Tally(Conditions conditions) {
            this.conditions = conditions;
        }

        void add(long seed, Result result) {
            schedules++;
            result.history().stories().forEach(story -> {
                pushes++;
                runs += story.runs.size();
            });
            result.invariants().excused().forEach((name, count) -> excused.merge(name, count, Integer::sum));
            for (String each : result.invariants().broken()) {
                broken.add("seed " + seed + ": " + each);
                String kind = each.substring(0, each.indexOf(':'));
                if (kinds.merge(kind, 1, Integer::sum) <= SHOWN && Long.getLong("weir.seed") == null) {
                    System.out.println("--- seed " + seed + ", " + conditions + ": " + each);
                    OnceSimulationTest.print(OnceSimulation.run(conditions, seed, true));
                }
            }
        }

        void print() {
            double minutes = (System.nanoTime() - began) / 60e9;
            System.out.printf(
                    "%s: %d schedules, %.0f per minute, %d runs; broken %s; allowed %s%n",
                    conditions, schedules, schedules / minutes, runs, kinds, excused);
        }
    }

    private static void print(Result result) {
        result.history().lines().forEach(System.out::println);
        result.invariants().broken().forEach(each -> System.out.println("BROKEN " + each));
    }
}
