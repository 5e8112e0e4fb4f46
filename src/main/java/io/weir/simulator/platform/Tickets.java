package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.platform.PlatformAccount.Kept;
import io.weir.simulator.platform.Tokens.IssuedToken;
import io.weir.simulator.platform.Tokens.RandomText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The tickets of an account for pages and cards (token-and-server-api.md §7).
 *
 * <p>Where the reference is silent: who asks again gets the same ticket with what is left of its 7200 seconds, until five
 * minutes before its end; another type than {@code jsapi} and {@code wx_card} is an illegal parameter (40035).
 */
public final class Tickets implements Kept {
    private static final Set<String> TYPES = Set.of("jsapi", "wx_card");
    private static final Duration LIFE = Duration.ofHours(2);
    private static final Duration RENEWAL = Duration.ofMinutes(5);
    private static final int BYTES = 64;

    private final Map<String, Ticket> byType = new TreeMap<>();
    private final Clock clock;
    private final RandomText random;

    Tickets(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = new RandomText(random);
    }

    /** The current ticket of a type. */
    public IssuedToken fetch(String type) {
        if (!TYPES.contains(type)) {
            throw new Refused(40035, "illegal parameter: type");
        }
        Instant now = clock.instant();
        Ticket ticket = byType.compute(type, (same, kept) -> kept != null && kept.isFresh(now) ? kept : issue(now));
        return IssuedToken.at(now, ticket.value(), ticket.end());
    }

    private Ticket issue(Instant now) {
        return new Ticket(random.ofBytes(BYTES), now.plus(LIFE));
    }

    @Override
    public ObjectNode save() {
        ObjectNode saved = JsonNodeFactory.instance.objectNode();
        byType.forEach((type, ticket) -> saved.set(type, SavedRecords.write(ticket)));
        return saved;
    }

    @Override
    public void load(ObjectNode saved) {
        byType.clear();
        saved.properties()
                .forEach(entry -> byType.put(entry.getKey(), SavedRecords.read(entry.getValue(), Ticket.class)));
    }

    private record Ticket(String value, Instant end) {
        boolean isFresh(Instant now) {
            return now.isBefore(end.minus(RENEWAL));
        }
    }
}
