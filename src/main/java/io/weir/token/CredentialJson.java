package io.weir.token;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.client.CredentialKind;
import io.weir.client.CredentialState;
import io.weir.http.api.WeChatFailure;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes how an account's credentials are; no part of a value. */
final class CredentialJson {
    private CredentialJson() {}

    static ObjectNode states(String account, List<CredentialState> states) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("account", account);
        states.forEach(state -> json.set(name(state.kind()), state(state)));
        return json;
    }

    private static String name(CredentialKind kind) {
        return switch (kind) {
            case ACCESS_TOKEN -> "accessToken";
            case JSAPI_TICKET -> "jsapiTicket";
        };
    }

    private static ObjectNode state(CredentialState state) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        state.source().ifPresent(source -> json.put("source", source.name().toLowerCase(Locale.ROOT)));
        put(json, "ageSeconds", state.age());
        put(json, "expiresInSeconds", state.life());
        put(json, "nextRenewalSeconds", state.nextRenewal());
        json.put("fetchesToday", state.fetchesToday());
        json.put("stopped", state.stopped());
        put(json, "pausedSeconds", state.paused());
        json.put("storeAway", state.storeAway());
        state.lastError().ifPresent(error -> json.set("lastError", WeChatFailure.json(error)));
        return json;
    }

    private static void put(ObjectNode json, String name, Optional<Duration> time) {
        time.ifPresent(value -> json.put(name, Math.max(0, value.toSeconds())));
    }
}
