package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one kind, the newest last. It remembers {@value #REMEMBERED} of them; what is older is refused as one that
 * was never given out is (40001).
 */
final class TokenLine {
    private static final int REMEMBERED = 500;

    private final Map<String, Token> byValue = new LinkedHashMap<>();
    private @Nullable String newest;

    /** The one given out last, while it is valid. */
    Optional<Token> newest(Instant now) {
        return Optional.ofNullable(newest).map(byValue::get).filter(token -> token.isValid(now));
    }

    Optional<Token> find(String value) {
        return Optional.ofNullable(byValue.get(value));
    }

    Token add(Token token) {
        if (byValue.size() >= REMEMBERED) {
            byValue.remove(byValue.keySet().iterator().next());
        }
        byValue.put(token.value(), token);
        newest = token.value();
        return token;
    }

    /** Refuses all that are there from an instant on. */
    void revokeAll(Instant from) {
        byValue.replaceAll((value, token) -> token.revoked(from));
    }

    long valid(Instant now) {
        return byValue.values().stream().filter(token -> token.isValid(now)).count();
    }

    ArrayNode save() {
        ArrayNode saved = JsonNodeFactory.instance.arrayNode();
        byValue.values().forEach(token -> saved.add(token.save()));
        return saved;
    }

    void load(JsonNode saved) {
        byValue.clear();
        saved.forEach(token -> add(Token.load(token)));
    }
}
