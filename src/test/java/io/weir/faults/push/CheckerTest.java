package io.weir.faults.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.faults.push.Attempt.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckerTest {
    private static final String REPLY = "answer to p by run one.text.1";

    @Test
    void hasNothingToSayOfAPushThatRanOnceAndWasAnsweredOnce() {
        Figures figures = figures(List.of(accepted("p", 1, REPLY)), List.of(begun("p"), ended("p")));

        assertThat(figures).isEqualTo(new Figures(1, 0, 0, 0, 0, 0, 0, 0, 20, 20, 20));
    }

    @Test
    void countsAnAcknowledgedPushWithoutACompletedRunAsLost() {
        assertThat(figures(List.of(accepted("p", 1, "success")), List.of(begun("p")))
                        .lost())
                .isOne();
        assertThat(figures(List.of(attempt("p", 1, Outcome.LATE, "")), List.of())
                        .lost())
                .isZero();
    }

    @Test
    void needsNoRunForAReplyThatTheGatewayGaveItself() {
        List<Attempt> attempts = List.of(
                accepted("p", 1, "answer to p by weir.replies"), accepted("q", 1, "answer to q by weir.otherwise"));

        assertThat(figures(attempts, List.of()).lost()).isZero();
    }

    @Test
    void countsCompletedRunsBeyondOneAsDuplicate() {
        List<RowRun> runs = List.of(ended("p"), ended("p"), ended("p"), ended("q"), ended("of another row"));

        assertThat(figures(List.of(accepted("p", 1, REPLY), accepted("q", 1, REPLY)), runs)
                        .duplicate())
                .isEqualTo(2);
    }

    @Test
    void tellsRunsThatKnewOfAnotherFromDuplicates() {
        List<RowRun> runs = List.of(
                ended("p"),
                redelivered("p"),
                redelivered("q"),
                redelivered("q"),
                ended("r"),
                ended("r"),
                redelivered("r"));
        List<Attempt> attempts = List.of(accepted("p", 1, REPLY), accepted("q", 1, REPLY), accepted("r", 1, REPLY));

        Figures figures = figures(attempts, runs);

        assertThat(figures.marked()).isEqualTo(3);
        assertThat(figures.duplicate()).isOne();
    }

    @Test
    void countsAPushWithTwoRepliesAsDivergent() {
        List<Attempt> attempts = List.of(
                accepted("p", 1, REPLY), accepted("p", 2, "success"), accepted("q", 1, REPLY), accepted("q", 2, REPLY));

        assertThat(figures(attempts, List.of()).divergent()).isOne();
    }

    @Test
    void countsLateAndFailedAttemptsAndPushesThatNobodyAnswered() {
        List<Attempt> attempts = List.of(
                attempt("p", 1, Outcome.LATE, ""),
                accepted("p", 2, REPLY),
                attempt("q", 1, Outcome.FAILED, "status 503"),
                attempt("q", 2, Outcome.LATE, ""));

        Figures figures = figures(attempts, List.of());

        assertThat(figures.late()).isEqualTo(2);
        assertThat(figures.failed()).isOne();
        assertThat(figures.unanswered()).isOne();
    }

    @Test
    void takesThePercentilesOfWhatWasSentSinceTheWarmUp() {
        List<Attempt> attempts = IntStream.rangeClosed(1, 200)
                .mapToObj(i -> new Attempt("p" + i, 1, i, i, Outcome.ACCEPTED, REPLY))
                .toList();

        Figures figures = new Checker(attempts, List.of()).figures(101);

        assertThat(figures.p50()).isEqualTo(150);
        assertThat(figures.p99()).isEqualTo(199);
        assertThat(figures.max()).isEqualTo(200);
    }

    @Test
    void isHealedFromTheFirstSecondAfterWhichAllAreGood() {
        List<Attempt> attempts = List.of(
                sentAt(9_000, Outcome.FAILED, 1),
                sentAt(10_100, Outcome.ACCEPTED, 20),
                sentAt(11_100, Outcome.ACCEPTED, 2_000),
                sentAt(12_100, Outcome.ACCEPTED, 20),
                sentAt(13_100, Outcome.ACCEPTED, 20));

        assertThat(Healing.since(10_000, attempts)).contains(Duration.ofSeconds(2));
        assertThat(Healing.since(12_000, attempts)).contains(Duration.ZERO);
        assertThat(Healing.since(10_000, attempts.subList(0, 3))).isEmpty();
    }

    @Test
    void isNotHealedWhileTheGatewayAnswersInThePlaceOfABackend() {
        Attempt otherwise = new Attempt("p", 1, 10_100, 20, Outcome.ACCEPTED, "answer to p by weir.otherwise");

        assertThat(Healing.since(10_000, List.of(otherwise, sentAt(11_100, Outcome.ACCEPTED, 20))))
                .contains(Duration.ofSeconds(1));
    }

    @Test
    void readsTheHandlersLedgers(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("one.runs"), "started p one.text.1 one 1 false 1790000000000\n");
        Files.writeString(folder.resolve("two.runs"), "finished p two.text.1 two 2 true 1790000000007\n");

        assertThat(new RunLedger(folder).runs())
                .containsExactlyInAnyOrder(
                        new RowRun(false, "p", "one.text.1", "one", "1", false, 1_790_000_000_000L),
                        new RowRun(true, "p", "two.text.1", "two", "2", true, 1_790_000_000_007L));
    }

    private static Figures figures(List<Attempt> attempts, List<RowRun> runs) {
        return new Checker(attempts, runs).figures(0);
    }

    private static Attempt accepted(String push, int number, String reply) {
        return attempt(push, number, Outcome.ACCEPTED, reply);
    }

    private static Attempt attempt(String push, int number, Outcome outcome, String reply) {
        return new Attempt(push, number, 1_000, 20, outcome, reply);
    }

    private static Attempt sentAt(long millis, Outcome outcome, double took) {
        return new Attempt("p" + millis, 1, millis, took, outcome, REPLY);
    }

    private static RowRun begun(String push) {
        return new RowRun(false, push, "one.text.1", "one", "1", false, 1_000);
    }

    private static RowRun redelivered(String push) {
        return new RowRun(true, push, "two.text.1", "two", "2", true, 1_000);
    }

    private static RowRun ended(String push) {
        return new RowRun(true, push, "one.text.1", "one", "1", false, 1_000);
    }
}
