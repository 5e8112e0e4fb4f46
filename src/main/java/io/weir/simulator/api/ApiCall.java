package io.weir.simulator.api;

import io.weir.simulator.platform.Refused;
import io.weir.simulator.platform.Registration;
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
        POST;

        /** Refuses another method: 43001 or 43002. */
        void require(String used) {
            if (!used.equals(name())) {
                throw new Refused(this == GET ? 43001 : 43002, "require " + name() + " method");
            }
        }
    }

    /** What is checked before a call. */
    public enum TokenRule {
        /** A valid {@code access_token} of the account; the account is the token's. */
        TOKEN,
        /** {@code appid} and {@code secret} (or {@code appsecret}): in the query of a GET, in the JSON body of a POST. */
        CREDENTIALS
    }

    /** A call with a token that only verified accounts may make. */
    public static ApiCall verifiedOnly(Method method, String path, Function<CallRequest, CallAnswer> effect) {
        return new ApiCall(method, path, TokenRule.TOKEN, Registration::verified, effect);
    }

    /** A call with a token that every account may make. */
    public static ApiCall forAll(Method method, String path, Function<CallRequest, CallAnswer> effect) {
        return new ApiCall(method, path, TokenRule.TOKEN, account -> true, effect);
    }
}
