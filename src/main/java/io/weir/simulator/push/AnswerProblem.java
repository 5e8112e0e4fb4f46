package io.weir.simulator.push;

import io.vertx.core.http.HttpClosedException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why no answer came, in words for the person who sent the push. */
final class AnswerProblem {
    private static final int LONGEST_REASON = 100;

    private AnswerProblem() {}

    static String of(Throwable failure, URI target, Duration limit) {
        String where = target.getRawAuthority();
        boolean connectTimedOut = failure instanceof ConnectException
                && String.valueOf(failure.getMessage()).contains("timed out");
        if (failure instanceof TimeoutException || connectTimedOut) {
            return "no answer from " + where + " within " + limit.toMillis() + " ms, when WeChat hangs up";
        }
        if (failure instanceof ConnectException) {
            return "connection refused at " + where + "; is the gateway running? scripts/run";
        }
        if (failure instanceof UnknownHostException) {
            return "there is no host " + target.getHost();
        }
        if (failure instanceof SSLException) {
            return "no TLS connection to " + where + ": " + reason(failure);
        }
        if (failure instanceof HttpClosedException) {
            return where + " closed the connection before its answer was complete";
        }
        return "no usable answer from " + where + ": " + failure;
    }

    /** What the innermost cause says: the outer ones of a failed handshake say nothing. */
    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String said = Objects.requireNonNullElse(innermost.getMessage(), innermost.toString());
        return said.substring(0, Math.min(said.length(), LONGEST_REASON));
    }
}
