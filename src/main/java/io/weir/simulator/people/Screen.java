package io.weir.simulator.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.chat.Content;
import io.weir.simulator.people.ChatLine.Origin;
import io.weir.simulator.push.Delivered;
import io.weir.simulator.push.DeliveryAttempt;
import io.weir.simulator.push.DeliveryProgress;
import io.weir.simulator.push.SimulatedPush;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

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
}
