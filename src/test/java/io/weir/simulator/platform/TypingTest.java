package io.weir.simulator.platform;

import static io.weir.simulator.platform.Writing.ALICE;
import static io.weir.simulator.platform.Writing.assertRefused;
import static io.weir.simulator.platform.Writing.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.simulator.platform.Windows.Trigger;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypingTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final Writing account = new Writing();
    private final CustomerMessages messages = account.messages;

    @Test
    void isShownForFifteenSeconds() {
        messages.opened(ALICE, Trigger.MESSAGE);
        account.types("Typing");

        account.time.advance(Duration.ofSeconds(15).minus(MOMENT));
        assertThat(messages.isTyping(ALICE)).isTrue();
        account.time.advance(MOMENT);

        assertThat(messages.isTyping(ALICE)).isFalse();
    }

    @Test
    void endsWithAMessage() {
        messages.opened(ALICE, Trigger.MESSAGE);
        account.types("Typing");

        account.sends("done");

        assertThat(messages.isTyping(ALICE)).isFalse();
    }

    @Test
    void endsWhenItIsCancelled() {
        messages.opened(ALICE, Trigger.MESSAGE);
        account.types("Typing");

        account.types("CancelTyping");

        assertThat(messages.isTyping(ALICE)).isFalse();
    }

    @Test
    void isRefusedWhileItIsShown() {
        messages.opened(ALICE, Trigger.MESSAGE);
        account.types("Typing");

        account.time.advance(Duration.ofSeconds(15).minus(MOMENT));
        assertRefused(45081, () -> account.types("Typing"));
        account.time.advance(MOMENT);
        account.types("Typing");

        assertThat(messages.isTyping(ALICE)).isTrue();
    }

    @Test
    void isRefusedToWhomHasDoneNothing() {
        assertRefused(45080, () -> account.types("Typing"));
    }

    @Test
    void worksUntilAMomentBeforeThirtySecondsHavePassed() {
        messages.opened(ALICE, Trigger.MESSAGE);

        account.time.advance(Duration.ofSeconds(30).minus(MOMENT));
        account.types("Typing");
        account.types("CancelTyping");
        account.time.advance(MOMENT);

        assertRefused(45080, () -> account.types("Typing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "typing", "Stop"})
    void refusesAnotherCommand(String command) {
        messages.opened(ALICE, Trigger.MESSAGE);

        assertRefused(45072, () -> account.types(command));
    }

    @Test
    void isRefusedWithoutAFollower() {
        account.followers.put(Follower.of(ALICE, "Alice").subscribed(false));

        assertRefused(43004, () -> account.types("Typing"));
        assertRefused(40003, () -> messages.type(json("{'touser':'nobody','command':'Typing'}")));
    }
}
