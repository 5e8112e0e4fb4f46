package io.weir.simulator.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The menu as a client has it: fetched when the chat is opened and the last time is more than five minutes ago, or after
 * a new follow (menu-api.md §3). Any thread.
 */
final class ClientMenu {
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
