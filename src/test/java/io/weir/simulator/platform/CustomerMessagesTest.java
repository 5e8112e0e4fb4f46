package io.weir.simulator.platform;

import static io.weir.simulator.platform.Writing.ALICE;
import static io.weir.simulator.platform.Writing.assertRefused;
import static io.weir.simulator.platform.Writing.json;
import static io.weir.simulator.platform.Writing.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.platform.CustomerMessages.Restriction;
import io.weir.simulator.platform.CustomerMessages.SentCustomerMessage;
import io.weir.simulator.platform.Windows.Trigger;
import io.weir.simulator.platform.Windows.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CustomerMessagesTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final Writing account = new Writing();
    private final CustomerMessages messages = account.messages;

    @Test
    void refusesBeforeThePersonHasDoneAnything() {
        assertRefused(45015, () -> account.sends("hello"));
    }

    @ParameterizedTest
    @EnumSource(Trigger.class)
    void takesAsManyAsTheTriggerGrants(Trigger trigger) {
        messages.opened(ALICE, trigger);

        for (int i = 0; i < trigger.messages(); i++) {
            account.sends("hello");
        }

        assertRefused(45047, () -> account.sends("one more"));
        assertThat(messages.received(ALICE)).hasSize(trigger.messages());
    }

    @ParameterizedTest
    @EnumSource(Trigger.class)
    void isOpenUntilAMomentBeforeItsEnd(Trigger trigger) {
        messages.opened(ALICE, trigger);

        account.time.advance(trigger.window().minus(MOMENT));

        account.sends("in time");
        account.time.advance(MOMENT);
        assertRefused(45015, () -> account.sends("too late"));
    }

    @ParameterizedTest
    @EnumSource(Trigger.class)
    void theNextTriggerOfTheKindOpensItAnew(Trigger trigger) {
        messages.opened(ALICE, trigger);
        account.sends("hello");
        account.time.advance(Duration.ofSeconds(40));

        messages.opened(ALICE, trigger);

        Window window = new Window(
                trigger, trigger.messages(), account.time.clock().instant().plus(trigger.window()));
        assertThat(messages.left(ALICE)).containsExactly(window);
    }

    @Test
    void usesUpTheWindowThatEndsFirst() {
        messages.opened(ALICE, Trigger.MESSAGE);
        messages.opened(ALICE, Trigger.MENU_CLICK);
        account.time.advance(Duration.ofSeconds(1));
        messages.opened(ALICE, Trigger.SCAN);

        account.sends("hello");

        assertThat(messages.left(ALICE))
                .extracting(Window::trigger, Window::left)
                .containsExactly(tuple(Trigger.MENU_CLICK, 2), tuple(Trigger.SCAN, 3), tuple(Trigger.MESSAGE, 5));
    }

    @Test
    void addsUpTheWindowsOfDifferentTriggers() {
        for (Trigger trigger : Trigger.values()) {
            messages.opened(ALICE, trigger);
        }

        for (int i = 0; i < 5 + 3 + 3 + 3; i++) {
            account.sends("hello");
        }

        assertRefused(45047, () -> account.sends("one more"));
    }

    @Test
    void doesNotCountWhatItRefuses() {
        messages.opened(ALICE, Trigger.MENU_CLICK);

        assertRefused(44004, () -> account.sends(""));

        assertThat(messages.left(ALICE)).extracting(Window::left).containsExactly(3);
    }

    @ParameterizedTest
    @CsvSource({"{}", "{'touser':null}", "{'touser':'nobody'}"})
    void refusesAnUnknownPerson(String recipient) {
        ObjectNode message = text("", "hello");
        message.remove("touser");
        message.setAll(json(recipient));

        assertRefused(40003, () -> messages.send(message));
    }

    @Test
    void refusesWhoHasLeft() {
        messages.opened(ALICE, Trigger.MESSAGE);
        account.followers.put(Follower.of(ALICE, "Alice").subscribed(false));

        assertRefused(43004, () -> account.sends("hello"));
    }

    @Test
    void refusesWhileThePersonHasSwitchedReceptionOff() {
        messages.opened(ALICE, Trigger.MESSAGE);

        messages.reception(ALICE, false);
        assertRefused(48002, () -> account.sends("hello"));
        messages.reception(ALICE, true);
        account.sends("hello");

        assertThat(messages.received(ALICE)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"BLOCKED, 45087", "WITHOUT_QUOTA, 45093", "PUNISHED, 45094"})
    void refusesEverythingOfARestrictedAccount(Restriction restriction, int errcode) {
        messages.opened(ALICE, Trigger.MESSAGE);

        messages.restrict(Optional.of(restriction));
        assertRefused(errcode, () -> account.sends("hello"));
        messages.restrict(Optional.empty());
        account.sends("hello");

        assertThat(messages.received(ALICE)).hasSize(1);
    }

    @Test
    void handsWhatWasSentToTheInboxes() {
        List<SentCustomerMessage> inbox = new ArrayList<>();
        Consumer<SentCustomerMessage> adding = inbox::add;
        messages.opened(ALICE, Trigger.MESSAGE);
        messages.handTo(adding);

        account.sends("hello");
        messages.noLongerHandTo(adding);
        account.sends("not for this inbox");

        assertThat(inbox)
                .containsExactly(
                        new SentCustomerMessage(ALICE, account.time.clock().instant(), text(ALICE, "hello")));
    }

    @Test
    void keepsTheLastTwoHundredOfAPerson() {
        for (int i = 1; i <= 201; i++) {
            messages.opened(ALICE, Trigger.MESSAGE);
            account.sends("number " + i);
        }

        assertThat(messages.received(ALICE))
                .hasSize(200)
                .extracting(each -> each.message().at("/text/content").asText())
                .startsWith("number 2")
                .endsWith("number 201");
    }

    @Test
    void comesBackAsItWasSaved() {
        messages.opened(ALICE, Trigger.MESSAGE);
        messages.opened(ALICE, Trigger.SCAN);
        account.sends("hello");
        account.types("Typing");
        messages.reception("somebody", false);
        messages.restrict(Optional.of(Restriction.PUNISHED));
        CustomerMessages back = account.another();

        back.load(json(messages.save().toString()));

        assertThat(back.left(ALICE)).isEqualTo(messages.left(ALICE)).hasSize(2);
        assertThat(back.received(ALICE)).isEqualTo(messages.received(ALICE)).hasSize(1);
        assertThat(back.isTyping(ALICE)).isTrue();
        assertThat(back.save()).isEqualTo(messages.save());
        assertRefused(45094, () -> back.send(text(ALICE, "hello")));
    }

    @Test
    void forgetsWhatHasEnded() {
        messages.opened(ALICE, Trigger.MESSAGE);
        messages.opened(ALICE, Trigger.SCAN);
        account.types("Typing");

        account.time.advance(Trigger.MESSAGE.window());

        assertThat(messages.save()).isEqualTo(account.another().save());
        assertThat(messages.left(ALICE)).isEmpty();
    }
}
