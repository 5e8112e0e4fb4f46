package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.http.Crowd;
import io.weir.http.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that stood still and goes on. */
class ThawIT {
    private static final int GONE = 30;
    private static final long STOPPED_MILLIS = 2_000;
    private static final Pattern ANSWERED = Pattern.compile("weir_push_duration_seconds_count(?:\\{[^}]*})? (\\d+)");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void handlesNoPushWhoseSenderHasGoneMeanwhile() throws Exception {
        Files.writeString(folder.resolve("weir.yaml"), ServeIT.CONFIGURATION);
        Files.writeString(folder.resolve("replies.yaml"), "CLICK: { default: { text: hello } }\n");
        Files.writeString(folder.resolve("club.yaml"), "");
        try (WeirProcess serve = WeirProcess.start(folder, Secrets.ENVIRONMENT, "serve", "--conf", "weir.yaml")) {
            int port = ServeIT.pushBase(serve).getPort();
            URI metrics = ServeIT.admin(serve).resolve("/metrics");
            try (RawHttp warm = new RawHttp(port)) {
                assertThat(warm.send(HostileClientsIT.click()).response()).contains("hello");
            }
            long before = answered(metrics);

            try (RawHttp left = stopped(serve, port)) {
                serve.signal("CONT");

                assertThat(left.response()).contains("hello");
                serve.awaitThat(
                        "the end of the others",
                        () -> text(metrics)
                                .contains("weir_overload_refusals_total{policy=\"gone\",server=\"push\"} " + GONE));
                assertThat(answered(metrics)).isEqualTo(before + 1);
            }
        }
    }

    /** Stops the process while some send a push and go, a third of them over connections that they had before. */
    private static RawHttp stopped(WeirProcess serve, int port) throws IOException {
        RawHttp left;
        try (Crowd before = new Crowd(port, GONE / 3)) {
            serve.signal("STOP");
            left = new RawHttp(port).send(HostileClientsIT.click());
            before.sendEach(HostileClientsIT::click);
            try (Crowd later = new Crowd(port, GONE - GONE / 3)) {
                later.sendEach(HostileClientsIT::click);
            }
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOPPED_MILLIS);
        serve.awaitThat("its time", () -> System.nanoTime() > end);
        return left;
    }

    private static long answered(URI metrics) {
        Matcher found = ANSWERED.matcher(text(metrics));
        assertThat(found.find()).isTrue();
        return Long.parseLong(found.group(1));
    }

    private static String text(URI metrics) {
        try {
            return ServeIT.get(metrics, Optional.of(Secrets.ADMIN_TOKEN)).body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
