package io.weir.menu.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.client.WeChatException;
import io.weir.config.Place;
import io.weir.http.api.ApiProblem;
import io.weir.menu.diff.MenuException;
import io.weir.menu.file.MenuFinding;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MenuProblemsTest {
    @ParameterizedTest
    @CsvSource({"STALE, 412", "BUSY, 409", "UNAVAILABLE, 503", "NO_BACKUP, 409", "DIFFERENT, 502", "FAILED, 502"})
    void everyKindHasItsStatus(MenuException.Kind kind, int status) {
        Throwable problem = MenuProblems.of(MenuException.of(kind, "what happened"));

        assertThat(problem).isInstanceOfSatisfying(ApiProblem.class, known -> {
            assertThat(known.status()).isEqualTo(status);
            assertThat(known.body().path("title").asText()).isNotBlank();
            assertThat(known.body().path("detail").asText()).isEqualTo("what happened");
        });
    }

    @Test
    void aCallThatWasNotAnsweredIsTold() {
        WeChatException silent = WeChatException.of(WeChatException.Kind.NO_ANSWER, "no answer");

        Throwable problem = MenuProblems.of(MenuException.failed("menu/create has failed", silent));

        assertThat(problem).isInstanceOfSatisfying(ApiProblem.class, known -> {
            assertThat(known.status()).isEqualTo(504);
            assertThat(known.body().path("detail").asText()).isEqualTo("menu/create has failed");
            assertThat(known.body().path("kind").asText()).isEqualTo("no_answer");
        });
    }

    @Test
    void tellsAsManyFindingsAsSomebodyCanRead() {
        MenuFinding finding = MenuFinding.error(new Place("menu.yaml", 1, 1, "button"), "found", "do");

        ApiProblem problem = MenuProblems.of(Collections.nCopies(501, finding), 422);

        assertThat(problem.body().path("violations")).hasSize(500);
        assertThat(problem.body().path("detail").asText())
                .startsWith("There are 501 errors; violations has each with its place, the first 500. ");
    }

    @Test
    void whatIsNoneOfMenusStaysAsItIs() {
        IllegalStateException bug = new IllegalStateException("a bug");

        assertThat(MenuProblems.of(bug)).isSameAs(bug);
    }
}
