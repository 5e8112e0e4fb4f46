package io.weir.dispatch.durable;

import static io.weir.dispatch.durable.DurableWorkContract.WORK;
import static io.weir.dispatch.durable.DurableWorkContract.push;
import static io.weir.dispatch.durable.DurableWorkContract.takeOver;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.weir.dispatch.durable.DurableWork.Abandoned;
import io.weir.dispatch.durable.DurableWork.Ticket;
import io.weir.dispatch.durable.Spool.Limits;
import io.weir.redis.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spools in one folder by several processes, which are killed, or whose disk is full; and one with many entries. */
class SpoolIT {
    @TempDir
    Path folder;

    /** Keeps pushes as long as it lives, and says of each that it is kept, or that it is not. */
    static final class Keeper {
        private Keeper() {}

        /**
         * Runs until it is killed.
         *
         * @param args the folder, and how long a push is
         */
        public static void main(String[] args) {
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            Spool spool = open(Path.of(args[0]));
            String xml = "x".repeat(Integer.parseInt(args[1]));
            for (int number = 0; true; number++) {
                StoredPush push = push(xml + number);
                spool.keep(push, WORK)
                        .onComplete(
                                kept -> out.println("kept " + push.xml().substring(xml.length())),
                                refused -> out.println("refused " + refused.getMessage()));
                if (number % 50 == 0) {
                    Await.result(spool.keep(push(xml + ++number), WORK).otherwiseEmpty());
                }
            }
        }
    }

    private static Spool open(Path folder) {
        return Spool.open(
                folder, Limits.of(JournalConfig.DEFAULT), WORK, Map.of(), Clock.systemUTC(), System::nanoTime);
    }

    private Process keeper(String before, int length) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        "sh",
                        "-c",
                        before
                                + "exec \"$0\" -Xmx64m -XX:+UseSerialGC -XX:-UsePerfData -cp \"$1\" \"$2\" \"$3\" \"$4\"",
                        java,
                        System.getProperty("java.class.path"),
                        Keeper.class.getName(),
                        folder.toString(),
                        String.valueOf(length))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** What it has said of its pushes until it was killed, each word once. */
    private static Set<String> killAfter(Process keeper, int different) throws IOException, InterruptedException {
        Set<String> said = new LinkedHashSet<>();
        try (BufferedReader out = keeper.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                said.add(line);
                if (said.size() == different) {
                    keeper.destroyForcibly();
                }
            }
        } catch (IOException endOfTheStream) {
            // It was killed in the middle of a line.
        }
        keeper.waitFor();
        return said;
    }

    private static List<String> numbers(Spool spool, int length) {
        List<String> numbers = new ArrayList<>();
        List<Abandoned> some;
        do {
            some = Await.result(spool.takeOver(DurableWorkContract.ACCOUNT, 1_000));
            some.forEach(each -> numbers.add("kept " + each.push().xml().substring(length)));
        } while (!some.isEmpty());
        return numbers;
    }

    @Test
    void losesNothingThatWasKeptWhenAProcessIsKilled() throws IOException, InterruptedException {
        Process one = keeper("", 300);
        Process other = keeper("", 300);
        Set<String> kept = killAfter(one, 2_000);
        kept.addAll(killAfter(other, 2_000));

        Spool spool = open(folder);

        assertThat(numbers(spool, 300)).containsAll(kept);
        assertThat(spool.state().counts().damaged()).isZero();
        Await.result(spool.close());
    }

    @Test
    void leavesAProcessThatLivesItsEntries() throws IOException, InterruptedException {
        Process living = keeper("", 300);
        try (BufferedReader out = living.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).startsWith("kept");
            Spool spool = open(folder);

            assertThat(takeOver(spool)).isEmpty();

            Await.result(spool.close());
        } finally {
            living.destroyForcibly().waitFor();
        }
    }

    /** A file may have no more than 1 MiB: in the middle of a line the disk takes no more of it. */
    @Test
    void goesOnWhenTheDiskTakesPartOfALineOnly() throws IOException, InterruptedException {
        Process keeper = keeper("ulimit -f 2048; ", 10_000);
        Set<String> said = killAfter(keeper, 300);
        List<String> kept =
                said.stream().filter(line -> line.matches("kept \\d+")).toList();

        Spool spool = open(folder);

        assertThat(said).anyMatch(line -> line.startsWith("refused") && line.contains("File too large"));
        assertThat(kept.size()).isGreaterThan(290);
        assertThat(numbers(spool, 10_000)).containsAll(kept);
        assertThat(spool.state().counts().damaged()).isZero();
        Await.result(spool.close());
    }

    @Test
    void holdsAHundredThousandEntries() {
        Spool spool = open(folder);
        List<Future<Ticket>> kept = new ArrayList<>();
        IntStream.range(0, 100_000).forEach(i -> kept.add(spool.keep(push(), WORK)));
        kept.forEach(Await::result);
        Await.result(spool.abandon());

        Spool next = open(folder);

        assertThat(Await.result(next.takeOver(DurableWorkContract.ACCOUNT, 500)))
                .hasSize(500);
        assertThat(next.state().entries()).isEqualTo(100_000);
        int drained = 0;
        for (int some = 1; some > 0; drained += some) {
            some = Await.result(next.drain().drain(5_000, each -> Future.succeededFuture()));
        }
        assertThat(drained).isEqualTo(99_500);
        Await.result(next.close());
    }
}
