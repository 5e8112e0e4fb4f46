package io.weir.simulator.people;

import io.weir.simulator.chat.Content;
import io.weir.simulator.people.ChatLine.Origin;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What stands in a chat: its last lines. Any thread. */
final class Chat {
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
