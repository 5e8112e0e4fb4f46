package io.weir.doctor;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.weir.config.Secret;
import io.weir.doctor.Doctor.Check;
import io.weir.doctor.Doctor.Finding;
import io.weir.wechat.crypto.MessageCrypto;
import java.net.ConnectException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whether a gateway takes what the account's Token signs: the request by which WeChat verifies a URL, sent to this machine or, through
 * balancer and proxy, to the URL that is registered.
 *
 * @param url where the configuration says that the account's pushes arrive
 * @param token the current one
 */
public record PushUrlProbe(WebClient http, URI url, Secret token, Clock clock) implements Check.Probe {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final SecureRandom RANDOM = new SecureRandom();

    @Override
    public Future<List<Finding>> look() {
        if (url.getPort() == 0) {
            return Future.succeededFuture(
                    List.of(Finding.skip("push.port is 0, so only the gateway itself knows its port")));
        }
        MessageCrypto crypto = new MessageCrypto(RANDOM::nextBytes);
        String echo = crypto.nonce();
        return http.getAbs(url + "?" + query(crypto, echo))
                .send()
                .timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .map(answer -> judge(answer, echo))
                .otherwise(this::unanswered)
                .map(List::of);
    }

    private String query(MessageCrypto crypto, String echo) {
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        String nonce = crypto.nonce();
        return "signature=" + crypto.sign(token.reveal(), timestamp, nonce) + "&timestamp=" + timestamp + "&nonce="
                + nonce + "&echostr=" + echo;
    }

    private Finding judge(HttpResponse<Buffer> answer, String echo) {
        boolean echoed = echo.equals(answer.bodyAsString());
        return switch (answer.statusCode()) {
            case 200 -> echoed ? Finding.ok(url + " takes the Token of this configuration") : somethingElse(200);
            case 403 ->
                Finding.fail(
                        url + " refuses a request that is signed with this configuration's Token (403)",
                        "The running gateway has another one for this account: restart it with this file and these"
                                + " variables. Its log names the cause; address means that push.allowFrom does not have this"
                                + " machine.");
            case 404 ->
                Finding.fail(
                        url + " is not known to the running gateway (404)",
                        "It runs with another push.path or without this account: restart it with this file.");
            default -> somethingElse(answer.statusCode());
        };
    }

    private Finding somethingElse(int status) {
        return Finding.fail(
                "what answers at " + url + " is no gateway: HTTP " + status + " without the echo",
                "Another program has the port, or push.port is not the gateway's.");
    }

    private Finding unanswered(Throwable failure) {
        if (failure instanceof ConnectException) {
            return Finding.warn("nothing listens at " + url, "Start the gateway, or run this where it runs.");
        }
        return failure instanceof TimeoutException
                ? Finding.fail(
                        url + " gives no answer within " + LIMIT.toSeconds() + " s",
                        "Look at the gateway's log and load.")
                : Finding.fail(url + " breaks the connection off", "Look at the gateway's log.");
    }
}
