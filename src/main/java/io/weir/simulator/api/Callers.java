package io.weir.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.api.ApiCall.Method;
import io.weir.simulator.api.ApiCall.TokenRule;
import io.weir.simulator.platform.Platform;
import io.weir.simulator.platform.PlatformAccount;
import io.weir.simulator.platform.Refused;
import io.weir.simulator.platform.Tokens;
import java.util.Optional;

/**
 * Tells whose request it is: by the access_token, or by AppId and AppSecret.
 *
 * <p>A wrong AppSecret is 40125 here, never the 40001 that the reference names as well. A frozen one (40243) is told to
 * those who know it only.
 */
final class Callers {
    private final Platform platform;

    Callers(Platform platform) {
        this.platform = platform;
    }

    /** Whose it seems to be, for the counts: without any check. */
    Optional<PlatformAccount> presumed(ApiCall call, IncomingCall incoming) {
        if (call.guard() != TokenRule.CREDENTIALS) {
            return platform.byToken(incoming.parameter("access_token"));
        }
        try {
            return platform.byAppId(Credentials.of(call, incoming).appId());
        } catch (Refused unreadable) {
            return Optional.empty();
        }
    }

    /** Whose it is, or why that is not believed. */
    PlatformAccount proven(ApiCall call, IncomingCall incoming) {
        return call.guard() == TokenRule.TOKEN
                ? byToken(incoming.parameter("access_token"))
                : byCredentials(Credentials.of(call, incoming));
    }

    private PlatformAccount byToken(String token) {
        Tokens.malformed(token).ifPresent(Callers::refuse);
        PlatformAccount account = platform.byToken(token)
                .orElseThrow(() -> new Refused(40001, "invalid credential, access_token is invalid or not latest"));
        account.tokens().problem(token).ifPresent(Callers::refuse);
        return account;
    }

    private PlatformAccount byCredentials(Credentials given) {
        if (given.appId().isEmpty()) {
            throw new Refused(41002, "appid missing");
        }
        PlatformAccount account =
                platform.byAppId(given.appId()).orElseThrow(() -> new Refused(40013, "invalid appid"));
        if (given.secret().isEmpty()) {
            throw new Refused(41004, "appsecret missing");
        }
        if (!given.secret().equals(account.registration().appSecret())) {
            throw new Refused(40125, "invalid appsecret");
        }
        if (account.tokens().secretFrozen()) {
            throw new Refused(40243, "AppSecret has been frozen");
        }
        return account;
    }

    private static void refuse(Refused why) {
        throw why;
    }

    /** What a caller without token shows; empty text for what is missing. */
    private record Credentials(String appId, String secret) {
        static Credentials of(ApiCall call, IncomingCall incoming) {
            if (call.method() == Method.GET) {
                return new Credentials(incoming.parameter("appid"), incoming.parameter("secret"));
            }
            ObjectNode body = Bodies.json(incoming.body());
            String secret = body.path("secret").asText("");
            return new Credentials(
                    body.path("appid").asText(""),
                    secret.isEmpty() ? body.path("appsecret").asText("") : secret);
        }

        @Override
        public String toString() {
            return "Credentials[" + appId + "]";
        }
    }
}
