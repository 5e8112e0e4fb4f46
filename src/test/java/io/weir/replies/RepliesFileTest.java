package io.weir.replies;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.config.Problems;
import io.weir.replies.RepliesFile.Change;
import io.weir.wechat.message.PushType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RepliesFileTest {
    private static final Path PATH = Path.of("conf", "replies.yaml");
    private static final Instant FIRST = Instant.ofEpochSecond(1_732_000_000L);
    private static final Instant LATER = FIRST.plusSeconds(60);
    private static final byte[] ONE = utf8("CLICK: { one: { text: 一 } }");
    private static final byte[] TWO = utf8("CLICK: { two: { text: 二 } }");
    private static final byte[] BROKEN = utf8("CLICK:\n  two: { txt: 二 }");

    private final Problems problems = new Problems();

    @Test
    void knowsTheSameBackendsWhenItIsReadAgain() {
        byte[] asking = "CLICK: { A: { backend: shop } }".getBytes(StandardCharsets.UTF_8);
        RepliesFile file = RepliesFile.read(PATH, Set.of("shop"), ONE, problems, FIRST);

        assertThat(file.take(asking, FIRST).orElseThrow().accepted()).isTrue();
        byte[] other = "CLICK: { A: { backend: shopp } }".getBytes(StandardCharsets.UTF_8);
        assertThat(file.take(other, FIRST).orElseThrow().accepted()).isFalse();
        assertThat(file.rules().backends()).containsExactly("shop");
    }

    @Test
    void beginsWithTheFirstText() {
        RepliesFile file = RepliesFile.read(PATH, ONE, problems, FIRST);

        assertThat(problems.all()).isEmpty();
        assertThat(answers(file, "one")).isTrue();
        assertThat(file.state().since()).isEqualTo(FIRST);
        assertThat(file.state().builtIn()).isFalse();
        assertThat(file.state().problem()).isEmpty();
    }

    @Test
    void tellsTheProblemsOfTheFirstText() {
        RepliesFile.read(PATH, BROKEN, problems, FIRST);

        assertThat(problems.errors())
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).startsWith("conf/replies.yaml:2: CLICK.two"));
    }

    @Test
    void doesNothingWithTheSameText() {
        RepliesFile file = RepliesFile.read(PATH, ONE, problems, FIRST);

        assertThat(file.take(ONE.clone(), LATER)).isEmpty();
        assertThat(file.state().since()).isEqualTo(FIRST);
    }

    @Test
    void takesInAChangedText() {
        RepliesFile file = RepliesFile.read(PATH, ONE, problems, FIRST);

        Change change = file.take(TWO, LATER).orElseThrow();

        assertThat(change.accepted()).isTrue();
        assertThat(answers(file, "two")).isTrue();
        assertThat(answers(file, "one")).isFalse();
        assertThat(file.state().since()).isEqualTo(LATER);
    }

    @Test
    void keepsTheFormerAnswersWhenTheTextHasErrorsAndSaysWhy() {
        RepliesFile file = RepliesFile.read(PATH, ONE, problems, FIRST);

        Change change = file.take(BROKEN, LATER).orElseThrow();

        assertThat(change.accepted()).isFalse();
        assertThat(change.problems().errors()).hasSize(1);
        assertThat(answers(file, "one")).isTrue();
        assertThat(file.state().since()).isEqualTo(FIRST);
        assertThat(file.state().problem())
                .hasValueSatisfying(problem -> assertThat(problem).startsWith("conf/replies.yaml:2: CLICK.two"));
        assertThat(file.take(BROKEN, LATER)).isEmpty();
    }

    @Test
    void forgetsTheProblemOnceTheTextIsMended() {
        RepliesFile file = RepliesFile.read(PATH, ONE, problems, FIRST);
        file.take(BROKEN, LATER);

        assertThat(file.take(ONE, LATER).orElseThrow().accepted()).isTrue();
        assertThat(file.state().problem()).isEmpty();
    }

    @Test
    void refusesGbk() {
        RepliesFile file = RepliesFile.read(PATH, ONE, problems, FIRST);

        byte[] gbk = "# 回复\nCLICK: { one: { text: 一 } }".getBytes(Charset.forName("GBK"));
        Change change = file.take(gbk, LATER).orElseThrow();

        assertThat(change.accepted()).isFalse();
        assertThat(file.state().problem())
                .hasValueSatisfying(problem ->
                        assertThat(problem).startsWith("conf/replies.yaml:1: ").contains("UTF-8", "GBK"));
        assertThat(answers(file, "one")).isTrue();
    }

    @Test
    void takesAnEmptyTextForNoAnswers() {
        RepliesFile file = RepliesFile.read(PATH, ONE, problems, FIRST);

        assertThat(file.take(new byte[0], LATER).orElseThrow().accepted()).isTrue();
        assertThat(file.rules().rules()).isEmpty();
    }

    @Test
    void usesTheBuiltInAnswersUntilThereIsAFile() {
        RepliesFile file = RepliesFile.builtIn(PATH, ONE, problems, FIRST);

        assertThat(file.state().builtIn()).isTrue();
        assertThat(answers(file, "one")).isTrue();

        file.take(BROKEN, LATER);
        assertThat(file.state().builtIn()).isTrue();
        assertThat(answers(file, "one")).isTrue();

        file.take(TWO, LATER);
        assertThat(file.state().builtIn()).isFalse();
        assertThat(answers(file, "two")).isTrue();
    }

    @Test
    void isNoLongerBuiltInWhenTheFileHasTheSameText() {
        RepliesFile file = RepliesFile.builtIn(PATH, ONE, problems, FIRST);

        assertThat(file.take(ONE.clone(), LATER).orElseThrow().accepted()).isTrue();
        assertThat(file.state().builtIn()).isFalse();
    }

    private static boolean answers(RepliesFile file, String key) {
        return file.rules().answers(PushType.CLICK, key);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
