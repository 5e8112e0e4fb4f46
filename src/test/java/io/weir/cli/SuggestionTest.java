package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    private static final List<String> KNOWN = List.of("CLICK", "VIEW", "subscribe", "unsubscribe");

    @Test
    void findsTheNearestWordIgnoringCase() {
        assertThat(Suggestion.nearest("clik", KNOWN)).contains("CLICK");
        assertThat(Suggestion.nearest("subcribe", KNOWN)).contains("subscribe");
    }

    @Test
    void staysSilentWhenNothingIsNear() {
        assertThat(Suggestion.nearest("payment", KNOWN)).isEmpty();
        assertThat(Suggestion.nearest("x", List.of())).isEmpty();
    }
}
