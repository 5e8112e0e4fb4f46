package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;

/**
 * Whom an account shows that it is typing (token-and-server-api.md §8). What opens a window counts as an interaction of the
 * person; the page says "message" in one place and "interaction" in another.
 */
final class Typing {
    private static final Duration SHOWN = Duration.ofSeconds(15);
    private static final Duration AFTER_INTERACTION = Duration.ofSeconds(30);

    private final Expiring<Boolean> acted;
    private final Expiring<Boolean> shown;

    Typing(Clock clock) {
        acted = new Expiring<>(clock, AFTER_INTERACTION, Windows.MOST_PEOPLE, none -> {});
        shown = new Expiring<>(clock, SHOWN, Windows.MOST_PEOPLE, none -> {});
    }

    void acted(String openid) {
        acted.put(openid, true);
    }

    /**
     * Begins, for 15 s.
     *
     * @throws Refused 45080, 45081
     */
    void begin(String openid) {
        if (acted.find(openid).isEmpty()) {
            throw new Refused(45080, "client typing only within 30s after the user's interaction");
        }
        if (isShown(openid)) {
            throw new Refused(45081, "client is typing already");
        }
        shown.put(openid, true);
    }

    void end(String openid) {
        shown.remove(openid);
    }

    boolean isShown(String openid) {
        return shown.find(openid).isPresent();
    }

    ObjectNode save() {
        ObjectNode saved = JsonNodeFactory.instance.objectNode();
        saved.set("acted", acted.save(BooleanNode::valueOf));
        saved.set("shown", shown.save(BooleanNode::valueOf));
        return saved;
    }

    void load(JsonNode saved) {
        acted.load(saved.path("acted"), value -> true);
        shown.load(saved.path("shown"), value -> true);
    }
}
