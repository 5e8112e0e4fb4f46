package io.weir.token;

import static io.weir.client.SharedCredentials.CredentialKind.ACCESS_TOKEN;
import static io.weir.client.SharedCredentials.CredentialKind.JSAPI_TICKET;
import static io.weir.http.api.Access.BEARER;
import static io.weir.http.api.Access.OPERATOR;
import static io.weir.http.api.ApiRoute.get;
import static io.weir.http.api.ApiRoute.post;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.client.Json;
import io.weir.client.SharedCredentials;
import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.client.SharedCredentials.CredentialState;
import io.weir.config.Secret;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.ApiRoute;
import io.weir.http.api.Right;
import io.weir.http.api.WeChatFailure;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The routes of the accounts' credentials; {@code openapi.json} describes each line. */
public final class TokenRoutes {
    private static final String ACCOUNT = "/api/v1/accounts/{account}";

    private TokenRoutes() {}

    /** One line for each path and method. */
    public static List<ApiRoute> all(SharedCredentials credentials) {
        CredentialValue token = new CredentialValue(credentials, ACCESS_TOKEN);
        CredentialValue ticket = new CredentialValue(credentials, JSAPI_TICKET);
        return List.of(
                get(ACCOUNT + "/token", OPERATOR, new TokenState(credentials)),
                post(ACCOUNT + "/token/refresh", OPERATOR, new TokenRefresh(credentials)),
                get(ACCOUNT + "/access-token", BEARER, token),
                post(ACCOUNT + "/access-token/refused", OPERATOR, new RefusedToken(credentials, token))
                        .with(Right.REVEAL),
                get(ACCOUNT + "/jsapi-ticket", BEARER, ticket));
    }

    /** Writes how an account's credentials are; no part of a value. */
    static final class CredentialJson {
        private CredentialJson() {}

        static ObjectNode states(String account, List<CredentialState> states) {
            ObjectNode json = Json.object().put("account", account);
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
            ObjectNode json = Json.object();
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

    /** Gives a credential away, with its remaining life, as WeChat's own answer would: for other services of the owner. */
    record CredentialValue(SharedCredentials credentials, CredentialKind kind) implements ApiRoute.Effect {
        private static final int LOOKS = 3;

        @Override
        public Future<ApiAnswer> answer(ApiRequest request) {
            return of(request.account()).map(ApiAnswer::json);
        }

        Future<ObjectNode> of(String account) {
            return credentials
                    .current(account, kind)
                    .compose(value -> look(account, value, LOOKS))
                    .map(this::json);
        }

        /** The life is this value's where the value is the same before and after; else a renewal came between: look again. */
        private Future<Lasting> look(String account, Secret value, int looks) {
            return credentials
                    .states(account)
                    .map(this::life)
                    .compose(life -> credentials.current(account, kind).map(now -> new Lasting(now, life)))
                    .compose(seen ->
                            seen.value.equals(value) ? Future.succeededFuture(seen) : again(account, seen, looks - 1));
        }

        private Future<Lasting> again(String account, Lasting seen, int looks) {
            return looks == 0
                    ? Future.succeededFuture(new Lasting(seen.value, Optional.empty()))
                    : look(account, seen.value, looks);
        }

        private Optional<Duration> life(List<CredentialState> states) {
            return states.stream()
                    .filter(state -> state.kind() == kind)
                    .findFirst()
                    .flatMap(CredentialState::life);
        }

        private ObjectNode json(Lasting lasting) {
            String name = switch (kind) {
                case ACCESS_TOKEN -> "access_token";
                case JSAPI_TICKET -> "ticket";
            };
            ObjectNode json = Json.object().put(name, lasting.value.reveal());
            lasting.life.ifPresent(life -> json.put("expires_in", Math.max(0, life.toSeconds())));
            return json;
        }

        private record Lasting(Secret value, Optional<Duration> life) {}
    }

    /**
     * Takes the word of another service that WeChat has refused an access_token: one that is still the current one is dropped,
     * and the next is fetched once for all.
     */
    record RefusedToken(SharedCredentials credentials, CredentialValue value) implements ApiRoute.Effect {
        @Override
        public Future<ApiAnswer> answer(ApiRequest request) {
            Secret refused = Secret.of(request.fields("token").requiredText("token"));
            return credentials
                    .refused(request.account(), CredentialKind.ACCESS_TOKEN, refused)
                    .compose(next -> credentials.states(request.account()))
                    .map(states -> CredentialJson.states(request.account(), states))
                    .compose(state ->
                            request.bearer() ? withNext(state, request.account()) : Future.succeededFuture(state))
                    .map(ApiAnswer::json);
        }

        private Future<ObjectNode> withNext(ObjectNode state, String account) {
            return value.of(account).map(next -> state.set("next", next));
        }
    }

    /** Fetches the account's access_token though there is one, and tells how it is then. */
    record TokenRefresh(SharedCredentials credentials) implements ApiRoute.Effect {
        @Override
        public Future<ApiAnswer> answer(ApiRequest request) {
            boolean force = request.fields("force").flag("force");
            return credentials
                    .renew(request.account(), CredentialKind.ACCESS_TOKEN, force)
                    .compose(renewed -> new TokenState(credentials).answer(request));
        }
    }

    /** Tells how the account's access_token and ticket are. */
    record TokenState(SharedCredentials credentials) implements ApiRoute.Effect {
        @Override
        public Future<ApiAnswer> answer(ApiRequest request) {
            return credentials
                    .states(request.account())
                    .map(states -> CredentialJson.states(request.account(), states))
                    .map(ApiAnswer::json);
        }
    }
}
