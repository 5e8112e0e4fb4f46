package io.weir.simulator.push;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.weir.simulator.push.Pusher.Answer;
import io.weir.simulator.push.Pusher.AnswerProblem;
import io.weir.simulator.push.UrlVerification.Problem;
import io.weir.wechat.crypto.MessageCrypto;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/**
 * Verifies a push URL as WeChat does when its settings are saved, and finds out why it would not be taken. When the server
 * refuses, it is asked once more with a wrong signature, which WeChat does not do: the same answer again shows that the server
 * does not take the right one for right.
 */
final class UrlVerifier {
    private static final int MOST_SHOWN = 120;
    private static final int DIGITS_OF_A_DOUBLE = 15;
    private static final String TEXT = "Write the text alone, with Content-Type text/plain";
    private static final String TOKEN =
            "Compare the Token of the server with that of the account. The signature is the lower-case"
                    + " hexadecimal SHA-1 of Token, timestamp and nonce, sorted as texts and joined without anything between them";

    private final Pusher pusher;
    private final SecureRandom random = new SecureRandom();
    private final MessageCrypto crypto = new MessageCrypto(random::nextBytes);

    UrlVerifier(Pusher pusher) {
        this.pusher = pusher;
    }

    /** Never fails for what the server does. */
    Future<UrlVerification> verify(SimulatedAccount account, URI target) {
        Asked asked = asked(account.token(), target);
        Instant start = pusher.time().clock().instant();
        return pusher.exchange(Pusher.options(HttpMethod.GET, asked.uri()), Buffer.buffer())
                .compose(answer -> judged(asked, answer, target))
                .otherwise(failure -> new Judged(
                        OptionalInt.empty(),
                        Optional.of(new Problem(
                                AnswerProblem.of(failure, target, Pusher.WECHAT_LIMIT),
                                asked.expected(),
                                "Start the server, and check host, port and certificate of the URL"))))
                .map(judged -> new UrlVerification(
                        asked.uri(),
                        judged.status(),
                        Duration.between(start, pusher.time().clock().instant()),
                        judged.problem()));
    }

    private Future<Judged> judged(Asked asked, Answer answer, URI target) {
        Optional<Problem> problem = Cause.of(asked, answer);
        Judged judged = new Judged(OptionalInt.of(answer.status()), problem);
        if (!problem.map(Cause::mayBeTheToken).orElse(false)) {
            return Future.succeededFuture(judged);
        }
        return pusher.exchange(
                        Pusher.options(
                                HttpMethod.GET, asked("not the Token", target).uri()),
                        Buffer.buffer())
                .map(wrong -> wrong.status() == answer.status() && wrong.body().equals(answer.body()))
                .otherwise(false)
                .map(same -> same
                        ? judged.because(
                                "; a request with a wrong signature gets the same answer, so most likely the server has another Token")
                        : judged);
    }

    private Asked asked(String token, URI target) {
        String timestamp = Long.toString(pusher.time().clock().instant().getEpochSecond());
        String nonce = Integer.toString(random.nextInt(100_000_000, Integer.MAX_VALUE));
        String echostr = Long.toString(random.nextLong(1_000_000_000_000_000_000L, Long.MAX_VALUE));
        Map<String, String> query = new LinkedHashMap<>();
        query.put("signature", crypto.sign(token, timestamp, nonce));
        query.put("echostr", echostr);
        query.put("timestamp", timestamp);
        query.put("nonce", nonce);
        return new Asked(PushSigner.with(query, target), echostr, query);
    }

    private record Judged(OptionalInt status, Optional<Problem> problem) {
        Judged because(String more) {
            return new Judged(
                    status, problem.map(why -> new Problem(why.found() + more, why.expected(), why.remedy())));
        }
    }

    /** @param query what was added to the URL */
    private record Asked(URI uri, String echostr, Map<String, String> query) {
        String expected() {
            return "200 with the body " + echostr + ", byte for byte";
        }
    }

    /**
     * Why an answer is not the right one: the first line of a table that fits.
     *
     * @param fits given the echostr and the body
     */
    private record Cause(BiPredicate<Asked, String> fits, String found, String remedy) {
        private static final Pattern JSON = Pattern.compile("\\s*[\\[{].*[\\]}]\\s*", Pattern.DOTALL);
        private static final Pattern HTML =
                Pattern.compile("(?is)\\s*<(!doctype|html|head|body|div|p|h\\d|script|pre)\\b.*");

        private static final List<Cause> OF_BODIES = List.of(
                body((asked, body) -> body.isEmpty(), "an empty body", TOKEN + ". Or the server does not answer GET"),
                body(
                        (asked, body) -> body.startsWith("\uFEFF") && body.contains(asked.echostr()),
                        "a byte order mark (BOM, EF BB BF) before the echostr",
                        "Save the files of the server as UTF-8 without BOM, those that are included too"),
                body(
                        (asked, body) -> body.strip().equals(asked.echostr()),
                        "white space or a line break around the echostr",
                        TEXT + ": no println, no line after the closing ?> of PHP"),
                body(
                        (asked, body) -> body.strip().matches("([\"'])" + asked.echostr() + "\\1"),
                        "the echostr in quotes",
                        "The framework writes JSON. " + TEXT),
                body(
                        (asked, body) -> JSON.matcher(body).matches() && body.contains(asked.echostr()),
                        "the echostr inside JSON",
                        TEXT + ", not JSON"),
                body(
                        (asked, body) -> HTML.matcher(body).matches() && body.contains(asked.echostr()),
                        "the echostr inside an HTML page",
                        TEXT + ", not a page or a template"),
                body(
                        (asked, body) -> HTML.matcher(body).matches(),
                        "an HTML page",
                        "Something else answers at this URL: a start page, a login, the notice of a tunnel. Check the path"),
                body(
                        (asked, body) -> isRounded(asked.echostr(), body),
                        "the echostr as a rounded number",
                        "Keep the echostr as text: it has more digits than a number of JavaScript or a double"),
                body(
                        (asked, body) -> asked.query().containsValue(body.strip()),
                        "another parameter of the request",
                        "Answer with the parameter echostr"),
                body(
                        (asked, body) -> body.strip().equals("success"),
                        "\"success\", which is the answer to a push",
                        "Answer a GET with its parameter echostr; pushes are POST"),
                body(
                        (asked, body) -> body.contains(asked.echostr()),
                        "the echostr with something before or after it",
                        TEXT));

        private static final Map<Integer, Cause> OF_STATUS = Map.of(
                401, status("401: the server refuses the request", TOKEN + ". Or a login stands before the URL"),
                403, status("403: the server refuses the request", TOKEN + ". Or a firewall stands before the URL"),
                404,
                        status(
                                "404: the server has nothing for GET at this path",
                                "Check the path, and answer GET as well as POST"),
                405, status("405: the server takes no GET at this path", "Answer GET as well as POST"),
                501, status("501: the server takes no GET", "Answer GET as well as POST"));

        private static Cause body(BiPredicate<Asked, String> fits, String found, String remedy) {
            return new Cause(fits, found, remedy);
        }

        private static Cause status(String found, String remedy) {
            return new Cause((asked, body) -> true, found, remedy);
        }

        static Optional<Problem> of(Asked asked, Answer answer) {
            String body = answer.body().toString(StandardCharsets.UTF_8);
            if (answer.status() == 200 && body.equals(asked.echostr())) {
                return Optional.empty();
            }
            Cause cause = answer.status() == 200 ? ofBody(asked, body) : ofStatus(answer);
            boolean said = !body.isBlank() && !cause.found().contains("echostr");
            return Optional.of(
                    new Problem(cause.found() + (said ? ": " + shown(body) : ""), asked.expected(), cause.remedy()));
        }

        /** Of answers that a server with another Token gives; a page or "success" comes from one that checks no signature. */
        static boolean mayBeTheToken(Problem problem) {
            return problem.remedy().startsWith(TOKEN);
        }

        private static Cause ofBody(Asked asked, String body) {
            return OF_BODIES.stream()
                    .filter(cause -> cause.fits().test(asked, body))
                    .findFirst()
                    .orElseGet(() -> status("another body", TOKEN));
        }

        private static Cause ofStatus(Answer answer) {
            int status = answer.status();
            if (status >= 300 && status < 400) {
                return status(
                        status + ", a redirect to " + answer.location().orElse("nowhere"),
                        "Set the URL that it leads to: WeChat does not follow redirects in a usable way");
            }
            String remedy = status >= 500
                    ? "The server or the proxy before it has failed: its log says why"
                    : "Answer with status 200";
            return Optional.ofNullable(OF_STATUS.get(status)).orElseGet(() -> status("status " + status, remedy));
        }

        private static boolean isRounded(String echostr, String body) {
            String digits = body.strip().replaceAll("[.]|[eE][+]?\\d+$", "");
            return digits.length() >= DIGITS_OF_A_DOUBLE
                    && digits.matches("\\d+")
                    && echostr.startsWith(digits.substring(0, DIGITS_OF_A_DOUBLE));
        }

        private static String shown(String body) {
            String line = body.strip().replaceAll("\\s+", " ");
            return line.codePointCount(0, line.length()) <= MOST_SHOWN
                    ? line
                    : line.substring(0, line.offsetByCodePoints(0, MOST_SHOWN)) + "…";
        }
    }
}
