package io.weir.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import io.weir.cli.ExitCode;
import io.weir.simulator.push.AnswerSamples;
import io.weir.simulator.push.DeliveryVerdict;
import io.weir.simulator.push.Gateways;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class TriggerAttemptsTest {
    private final TriggerRun trigger = new TriggerRun();

    @Test
    void showsEachAttemptAndWhatTheUserSeesInTheEnd(Vertx vertx) {
        trigger.limit = Duration.ofMillis(200);

        int code = trigger.run(answeringFrom(3, vertx), "CLICK");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(lines())
                .anyMatch(line -> line.matches("answer {2}none in 2[0-9][0-9]\\.[0-9] ms, attempt 1 of 3.*"))
                .anyMatch(line -> line.matches("answer {2}none in .* attempt 2 of 3.*"))
                .anyMatch(line -> line.matches("answer {2}200 in [0-9.]+ ms, text, attempt 3 of 3"))
                .endsWith("user sees: at last");
        assertThat(trigger.err.toString()).isEmpty();
    }

    @Test
    void showsTheFaultNoticeAfterTheThirdAttempt(Vertx vertx) {
        trigger.limit = Duration.ofMillis(100);

        int code = trigger.run(Gateways.silent(vertx), "CLICK");

        assertThat(code).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(lines().stream().filter(line -> line.startsWith("answer  none in ")))
                .hasSize(3);
        assertThat(lines()).endsWith("user sees: " + DeliveryVerdict.FAULT_NOTICE);
    }

    @Test
    void makesAsManyAttemptsAsAsked(Vertx vertx) {
        Queue<String> bodies = new ConcurrentLinkedQueue<>();
        URI gateway = Gateways.http(vertx, (body, response) -> {
            bodies.add(body.toString());
            response.setStatusCode(503).end();
        });

        assertThat(trigger.run(gateway, "text", "--attempts", "1")).isEqualTo(ExitCode.FAILED);
        assertThat(bodies).hasSize(1);

        bodies.clear();
        assertThat(trigger.run(gateway, "text", "--attempts", "4")).isEqualTo(ExitCode.FAILED);
        assertThat(bodies).hasSize(4).containsOnly(bodies.element());
        assertThat(trigger.out.toString()).contains("503 in ", "attempt 4 of 4", "because:   HTTP status 503");
    }

    @Test
    void saysWhyAnEarlierAttemptFailedDifferently(Vertx vertx) {
        trigger.limit = Duration.ofMillis(200);
        AtomicInteger count = new AtomicInteger();
        URI gateway = Gateways.http(vertx, (body, response) -> {
            if (count.incrementAndGet() > 1) {
                response.setStatusCode(500).end("oops");
            }
        });

        trigger.run(gateway, "CLICK");

        assertThat(lines())
                .anyMatch(
                        line -> line.startsWith("answer  none in ") && line.contains("attempt 1 of 3: no answer from"))
                .contains("oops", "because:   HTTP status 500 instead of 200");
    }

    @Test
    void tellsEachAttemptInJson(Vertx vertx) {
        trigger.limit = Duration.ofMillis(200);

        trigger.run(answeringFrom(2, vertx), "CLICK", "--json");

        JsonObject json = new JsonObject(trigger.out.toString());
        JsonArray attempts = json.getJsonArray("attempts");
        assertThat(attempts).hasSize(2);
        assertThat(attempts.getJsonObject(0).getString("problem")).contains("within 200 ms");
        assertThat(attempts.getJsonObject(1).getJsonObject("answer").getInteger("status"))
                .isEqualTo(200);
        assertThat(json.getString("userSees")).isEqualTo("at last");
        assertThat(json.getBoolean("accepted")).isTrue();
        assertThat(json.getString("curl")).startsWith("curl ");
    }

    @Test
    void sendsDuplicatesAtOnceAndComparesTheirAnswers(Vertx vertx) {
        URI alike = Gateways.answering(vertx, AnswerSamples.text("hi"));
        AtomicInteger count = new AtomicInteger();
        URI moody = Gateways.http(
                vertx, (body, response) -> response.end(AnswerSamples.text("no. " + count.incrementAndGet())));

        assertThat(trigger.run(alike, "CLICK", "--duplicates", "2")).isEqualTo(ExitCode.DONE);
        assertThat(lines())
                .anyMatch(line ->
                        line.matches("copies {2}2 more at the same time, in [0-9.]+ ms, [0-9.]+ ms: the same answer"))
                .endsWith("user sees: hi");

        trigger.out.getBuffer().setLength(0);
        trigger.run(moody, "CLICK", "--duplicates", "1");
        assertThat(trigger.out.toString()).contains("NOT the same answer");

        trigger.out.getBuffer().setLength(0);
        trigger.run(moody, "CLICK", "--duplicates", "1", "--json");
        JsonObject json = new JsonObject(trigger.out.toString());
        assertThat(json.getBoolean("answersAlike")).isFalse();
        assertThat(json.getJsonArray("duplicates")).hasSize(1);
    }

    @Test
    void printsTheCurlCommandUnlessToldNotTo(Vertx vertx) {
        URI gateway = Gateways.answering(vertx, "success");

        trigger.run(gateway, "CLICK");
        assertThat(lines()).anyMatch(line -> line.startsWith("curl    curl -sS "));

        trigger.out.getBuffer().setLength(0);
        trigger.run(gateway, "CLICK", "--no-curl");
        assertThat(trigger.out.toString()).doesNotContain("curl");

        trigger.out.getBuffer().setLength(0);
        trigger.run(gateway, "CLICK", "--no-curl", "--json");
        assertThat(new JsonObject(trigger.out.toString()).containsKey("curl")).isFalse();
    }

    private List<String> lines() {
        return trigger.out.toString().lines().toList();
    }

    private static URI answeringFrom(int attempt, Vertx vertx) {
        AtomicInteger count = new AtomicInteger();
        return Gateways.http(vertx, (body, response) -> {
            if (count.incrementAndGet() >= attempt) {
                response.end(AnswerSamples.text("at last"));
            }
        });
    }
}
