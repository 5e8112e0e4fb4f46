package io.weir.simulator.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.simulator.chat.Content;
import io.weir.simulator.page.LiveEvents.LiveEvent;
import io.weir.simulator.people.ChatLine;
import io.weir.simulator.people.PhoneEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveEventsTest {
    private static final PhoneEvent HAPPENING = new PhoneEvent.Receiving(true);

    private final LiveEvents events = new LiveEvents(Clock.systemUTC());

    @Test
    void tellsAPersonsEventsInTheirOrderAndNobodyElses() {
        List<LiveEvent> heard = new ArrayList<>();
        events.join(events.position(), "alice", heard::add);

        events.saw("alice", HAPPENING);
        events.saw("bob", HAPPENING);
        events.saw("alice", new PhoneEvent.Followed(false));

        assertThat(heard).extracting(LiveEvent::name).containsExactly("receiving", "following");
        assertThat(heard).extracting(LiveEvent::number).containsExactly(1L, 3L);
        assertThat(heard).extracting(LiveEvent::data).containsExactly("{\"now\":true}", "{\"now\":false}");
    }

    @Test
    void whoComesBackIsToldWhatItMissed() {
        String before = events.position();
        events.saw("alice", HAPPENING);
        events.saw("bob", HAPPENING);

        assertThat(events.join(before, "alice", event -> {}).orElseThrow())
                .extracting(LiveEvent::number)
                .containsExactly(1L);
        assertThat(events.join(events.position(), "alice", event -> {})).hasValue(List.of());
    }

    @Test
    void whoWasAwayTooLongOrComesFromAnotherStartMustBeginAnew() {
        String before = events.position();
        for (int i = 0; i <= LiveEvents.MOST; i++) {
            events.saw("alice", HAPPENING);
        }

        for (String unknown : List.of(before, "", "x", "other-1", before.replaceFirst("0$", "9999999"), before + "x")) {
            assertThat(events.join(unknown, "alice", event -> {})).as(unknown).isEmpty();
        }
    }

    @Test
    void keepsNoMoreCharactersThanItMay() {
        String before = events.position();
        Content long1 = new Content.Text("x".repeat(1 << 20));
        for (int i = 0; i < 9; i++) {
            events.saw("alice", new PhoneEvent.Spoken(new ChatLine(i, Instant.EPOCH, ChatLine.Origin.PERSON, long1)));
        }

        assertThat(events.join(before, "alice", event -> {})).isEmpty();
        assertThat(events.join(events.position(), "alice", event -> {})).isPresent();
    }

    @Test
    void whoLeavesHearsNothingMore() {
        List<LiveEvent> heard = new ArrayList<>();
        LiveEvents.Listener listener = heard::add;
        events.join(events.position(), "alice", listener);

        events.leave(listener);
        events.saw("alice", HAPPENING);

        assertThat(heard).isEmpty();
    }

    @Test
    void everyHappeningHasItsForm() {
        List<PhoneEvent> all = List.of(
                HAPPENING,
                new PhoneEvent.Followed(true),
                new PhoneEvent.Typing(true),
                new PhoneEvent.MenuFetched(Optional.empty(), Instant.EPOCH),
                new PhoneEvent.Spoken(new ChatLine(1, Instant.EPOCH, ChatLine.Origin.REPLY, new Content.Text("a"))),
                new PhoneEvent.Pushed(PagePushes.running()));

        assertThat(all.stream().<Object>map(Object::getClass))
                .containsExactlyInAnyOrder((Object[]) PhoneEvent.class.getPermittedSubclasses());
        assertThat(all)
                .allSatisfy(one -> assertThat(
                                LiveEvent.of(1, "alice", one, Instant.EPOCH).data())
                        .startsWith("{")
                        .doesNotContain("\n"));
    }
}
