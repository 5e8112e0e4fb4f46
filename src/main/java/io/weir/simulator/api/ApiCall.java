package io.weir.simulator.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.weir.simulator.platform.PlatformAccount;
import io.weir.simulator.platform.Refused;
import io.weir.simulator.platform.Registration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One line of the table of calls.
 *
 * @param method the only one that it takes: GET else 43001, POST else 43002
 * @param path as in the reference, {@code /cgi-bin/…}
 * @param guard what the caller has to bring
 * @param permitted whose account may call; others get 48001
 * @param effect what it does; throws {@link io.weir.simulator.platform.Refused}. Runs inside the platform's lock
 */
public record ApiCall(
        Method method,
        String path,
        TokenRule guard,
        Predicate<Registration> permitted,
        Function<CallRequest, CallAnswer> effect) {

    /** HTTP methods that WeChat's calls have. */
    public enum Method {
        GET,
        POST,
        /** Whatever comes: the reference names both, or nothing is known. */
        ANY;

        /** Refuses another method: 43001 or 43002. */
        void require(String used) {
            if (this != ANY && !used.equals(name())) {
                throw new Refused(this == GET ? 43001 : 43002, "require " + name() + " method");
            }
        }
    }

    /** What is checked before a call. */
    public enum TokenRule {
        /** A valid {@code access_token} of the account; the account is the token's. */
        TOKEN,
        /** {@code appid} and {@code secret} (or {@code appsecret}): in the query of a GET, in the JSON body of a POST. */
        CREDENTIALS,
        /** The call is not simulated: it is refused whoever makes it. */
        NOT_SIMULATED
    }

    /** A call of WeChat's that is not in the table. */
    static ApiCall notSimulated(String path) {
        return new ApiCall(Method.ANY, path, TokenRule.NOT_SIMULATED, account -> true, request -> CallAnswer.ok());
    }

    /** A call with a token that only verified accounts may make. */
    public static ApiCall verifiedOnly(Method method, String path, Function<CallRequest, CallAnswer> effect) {
        return new ApiCall(method, path, TokenRule.TOKEN, Registration::verified, effect);
    }

    /** A call with a token that every account may make. */
    public static ApiCall forAll(Method method, String path, Function<CallRequest, CallAnswer> effect) {
        return new ApiCall(method, path, TokenRule.TOKEN, account -> true, effect);
    }

    /** What a call answers; refusals are thrown as {@link io.weir.simulator.platform.Refused}. */
    public sealed interface CallAnswer {
        /** {@code {"errcode":0,"errmsg":"ok"}}, the success of calls that do something. */
        static CallAnswer ok() {
            return new Json(
                    JsonNodeFactory.instance.objectNode().put("errcode", 0).put("errmsg", "ok"));
        }

        /** A JSON object, the success of calls that get something: without errcode. */
        record Json(ObjectNode body) implements CallAnswer {}

        /** A file. */
        record Bytes(String contentType, String fileName, Buffer body) implements CallAnswer {}
    }

    /**
     * One request to the server API, after the checks that all calls share.
     *
     * @param account whose token was given; for a call without a token the account of its {@code appid}
     * @param query decoded, the first value of each name
     * @param body as it came; empty for GET
     * @param parts of a multipart body, else none
     */
    public record CallRequest(PlatformAccount account, Map<String, String> query, Buffer body, List<Part> parts) {
        public CallRequest {
            query = Map.copyOf(query);
            parts = List.copyOf(parts);
        }

        /** A query parameter that is there and not empty. */
        public Optional<String> parameter(String name) {
            return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
        }

        /** The first part of that name. */
        public Optional<Part> part(String name) {
            return parts.stream().filter(part -> part.name().equals(name)).findFirst();
        }

        /**
         * One part of a multipart body.
         *
         * @param fileName empty for a plain field
         */
        public record Part(String name, Optional<String> fileName, String contentType, Buffer body) {}
    }
}
