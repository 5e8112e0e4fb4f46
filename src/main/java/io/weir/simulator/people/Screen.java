package io.weir.simulator.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.chat.Content;
import io.weir.simulator.people.ChatLine.Origin;
import io.weir.simulator.push.Delivered;
import io.weir.simulator.push.Delivered.DeliveryProgress;
import io.weir.simulator.push.DeliveryAttempt;
import io.weir.simulator.push.SimulatedPush;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What stands on a phone: the chat, the menu, and the pushes behind them; whoever watches is told of each change. Any thread. */
final class Screen {
    private final Chat chat;
    private final ClientMenu menu;
    private final Sendings sendings;
    private final AtomicInteger receiving = new AtomicInteger();
    private final Consumer<PhoneEvent> watcher;

    /** @param platform what this person would see for a menu if their client asked now */
    Screen(Supplier<Optional<ObjectNode>> platform, Clock clock, Consumer<PhoneEvent> watcher) {
        this.chat = new Chat(clock);
        this.sendings = new Sendings(clock);
        this.menu = new ClientMenu(platform, clock, watcher::accept);
        this.watcher = watcher;
    }

    ChatLine show(Origin origin, Content content) {
        ChatLine line = chat.add(origin, content);
        watcher.accept(new PhoneEvent.Spoken(line));
        return line;
    }

    List<ChatLine> lines() {
        return chat.lines();
    }

    List<Sending> sendings() {
        return sendings.all();
    }

    ClientMenu menu() {
        return menu;
    }

    void followed(boolean now) {
        watcher.accept(new PhoneEvent.Followed(now));
    }

    boolean isReceiving() {
        return receiving.get() > 0;
    }

    void beginReceiving() {
        receiving.incrementAndGet();
        watcher.accept(new PhoneEvent.Receiving(true));
    }

    void endReceiving() {
        watcher.accept(new PhoneEvent.Receiving(receiving.decrementAndGet() > 0));
    }

    /** Follows a push that is about to be sent. */
    Track track(SimulatedPush push) {
        Track track = new Track(sendings.add(push));
        track.tell(track.sending);
        return track;
    }

    /** One push on its way. */
    final class Track implements DeliveryProgress {
        private final Sending sending;

        private Track(Sending sending) {
            this.sending = sending;
        }

        @Override
        public void begins(int copy, int number, Instant at) {
            tell(sendings.change(sending, as -> as.began(copy, number, at)));
        }

        @Override
        public void ended(int copy, DeliveryAttempt attempt) {
            tell(sendings.change(sending, as -> as.ended(copy, attempt)));
        }

        void over(Delivered delivered) {
            tell(sendings.change(sending, as -> as.over(delivered)));
        }

        private void tell(Sending changed) {
            watcher.accept(new PhoneEvent.Pushed(changed));
        }
    }

    /** What stands in a chat: its last lines. Any thread. */
    static final class Chat {
        private static final int KEPT = 500;

        private final Deque<ChatLine> lines = new ArrayDeque<>();
        private final Clock clock;
        private long number;

        Chat(Clock clock) {
            this.clock = clock;
        }

        /** Adds a line and returns it. */
        synchronized ChatLine add(Origin origin, Content content) {
            ChatLine line = new ChatLine(++number, clock.instant(), origin, content);
            lines.addLast(line);
            if (lines.size() > KEPT) {
                lines.removeFirst();
            }
            return line;
        }

        /** The last ones, oldest first. */
        synchronized List<ChatLine> lines() {
            return List.copyOf(lines);
        }
    }

    /** The last pushes of a person. Any thread. */
    static final class Sendings {
        private static final int KEPT = 50;

        private final TreeMap<Long, Sending> byNumber = new TreeMap<>();
        private final Clock clock;
        private long number;

        Sendings(Clock clock) {
            this.clock = clock;
        }

        synchronized Sending add(SimulatedPush push) {
            Sending sending = new Sending(++number, clock.instant(), push, List.of(), Optional.empty());
            byNumber.put(sending.number(), sending);
            if (byNumber.size() > KEPT) {
                byNumber.pollFirstEntry();
            }
            return sending;
        }

        /** What has become of one; one that is no longer kept stays forgotten. */
        synchronized Sending change(Sending sending, UnaryOperator<Sending> change) {
            Sending changed = change.apply(Objects.requireNonNullElse(byNumber.get(sending.number()), sending));
            byNumber.replace(sending.number(), changed);
            return changed;
        }

        /** The last ones, oldest first. */
        synchronized List<Sending> all() {
            return List.copyOf(byNumber.values());
        }
    }

    /**
     * The menu as a client has it: fetched when the chat is opened and the last time is more than five minutes ago, or after
     * a new follow (menu-api.md §3). Any thread.
     */
    static final class ClientMenu {
        static final Duration KEPT = Duration.ofMinutes(5);

        private final Supplier<Optional<ObjectNode>> platform;
        private final Clock clock;
        private final Consumer<PhoneEvent.MenuFetched> watcher;
        private Optional<ObjectNode> menu = Optional.empty();
        private @Nullable Instant fetched;

        /**
         * @param platform what this person would see if their client asked now
         * @param watcher is told of each menu that was fetched
         */
        ClientMenu(Supplier<Optional<ObjectNode>> platform, Clock clock, Consumer<PhoneEvent.MenuFetched> watcher) {
            this.platform = platform;
            this.clock = clock;
            this.watcher = watcher;
        }

        /** The menu when the chat is opened now. */
        synchronized Optional<ObjectNode> opened() {
            if (fetched == null || clock.instant().isAfter(fetched.plus(KEPT))) {
                fetch();
            }
            return menu;
        }

        /** The menu while the chat is open: however old, nothing fetches it. */
        synchronized Optional<ObjectNode> open() {
            return fetched == null ? opened() : menu;
        }

        /** When the client fetched it; empty: not yet. */
        synchronized Optional<Instant> fetched() {
            return Optional.ofNullable(fetched);
        }

        /** Fetches it whatever its age. */
        synchronized void fetch() {
            menu = platform.get();
            Instant now = clock.instant();
            fetched = now;
            watcher.accept(new PhoneEvent.MenuFetched(menu, now));
        }
    }
}
