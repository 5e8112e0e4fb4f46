package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/**
 * An access_token that was given out. Never shows its value.
 *
 * @param end when its life ends by itself (42001 from then on)
 * @param refusedFrom {@code end}, or earlier when another token has taken its place (40001 from then on)
 */
record Token(String value, Instant end, Instant refusedFrom) {
    /** The same, refused from an instant on, if not from an earlier one already. */
    Token revoked(Instant from) {
        return from.isBefore(refusedFrom) ? new Token(value, end, from) : this;
    }

    boolean isValid(Instant now) {
        return now.isBefore(refusedFrom);
    }

    Optional<Refused> problem(Instant now) {
        if (isValid(now)) {
            return Optional.empty();
        }
        return Optional.of(refusedFrom.isBefore(end) ? notTheLatest() : new Refused(42001, "access_token expired"));
    }

    /** Also the answer to a token that nobody has given out. */
    static Refused notTheLatest() {
        return new Refused(40001, "invalid credential, access_token is invalid or not latest");
    }

    ObjectNode save() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("value", value)
                .put("end", end.toString())
                .put("refusedFrom", refusedFrom.toString());
    }

    static Token load(JsonNode saved) {
        return new Token(
                saved.path("value").asText(),
                Instant.parse(saved.path("end").asText()),
                Instant.parse(saved.path("refusedFrom").asText()));
    }

    @Override
    public String toString() {
        return "Token[***, end=" + end + ", refusedFrom=" + refusedFrom + "]";
    }
}
