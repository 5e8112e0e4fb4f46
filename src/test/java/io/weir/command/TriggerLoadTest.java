package io.weir.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import io.weir.cli.ExitCode;
import io.weir.simulator.push.Gateways;
import java.net.URI;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class TriggerLoadTest {
    private final TriggerRun trigger = new TriggerRun();

    @Test
    void printsATableOfManyPushes(Vertx vertx) {
        URI gateway = Gateways.answering(vertx, "success");

        int code = trigger.run(gateway, "text", "--repeat", "1200", "--concurrency", "16");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(trigger.out.toString()).matches("""
                        pushes     text  →  http://127.*  \\(plaintext\\)
                                   1,200 in [0-9.]+ s, [0-9,]+ a second, up to 16 at a time
                        accepted   1,200
                        failed     0
                        answers    p50 [0-9.]+ ms  p90 [0-9.]+ ms  p99 [0-9.]+ ms  max [0-9.]+ ms
                        attempts   1,200, 1.00 per push
                        users see  a reply 0  nothing 1,200  the fault notice 0
                        """);
        assertThat(trigger.out.toString().lines()).allMatch(line -> line.length() <= 80);
        assertThat(trigger.err.toString()).isEmpty();
    }

    @Test
    void sendsNoRepeats(Vertx vertx) {
        Queue<String> bodies = new ConcurrentLinkedQueue<>();
        URI gateway = Gateways.http(vertx, (body, response) -> {
            bodies.add(body.toString().replaceAll("<CreateTime>[0-9]+</CreateTime>", ""));
            response.end("success");
        });

        trigger.run(gateway, "CLICK", "--repeat", "100", "--concurrency", "8");

        assertThat(bodies).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void countsFailuresByReason(Vertx vertx) {
        AtomicInteger count = new AtomicInteger();
        URI gateway = Gateways.http(
                vertx, (body, response) -> response.end(count.incrementAndGet() % 4 == 0 ? "SUCCESS" : "success"));

        int code = trigger.run(gateway, "text", "--repeat", "20");

        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(trigger.out.toString())
                .contains("accepted   15\n", "failed     5\n", "5  because: ", "the fault notice 5");
    }

    @Test
    void endsWith69WhenNobodyAnswersAtAll() throws Exception {
        int code = trigger.run(Gateways.absent(), "text", "--repeat", "5");

        assertThat(code).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(trigger.out.toString())
                .contains("failed     5\n", "connection refused", "answers    none", "15, 3.00 per push");
    }

    @Test
    void comparesTheAnswersOfDuplicates(Vertx vertx) {
        URI gateway = Gateways.answering(vertx, "success");

        trigger.run(gateway, "text", "--repeat", "10", "--duplicates", "2", "--keep-alive", "--rate", "1000");

        assertThat(trigger.out.toString())
                .contains("copies     20, each answered as the first was\n", "attempts   30, 3.00 per push\n");
    }

    @Test
    void printsOneJsonObject(Vertx vertx) {
        URI gateway = Gateways.answering(vertx, "success");

        trigger.run(gateway, "text", "--repeat", "30", "--concurrency", "3", "--json");

        JsonObject json = new JsonObject(trigger.out.toString());
        assertThat(json.getInteger("pushes")).isEqualTo(30);
        assertThat(json.getInteger("accepted")).isEqualTo(30);
        assertThat(json.getJsonObject("millis").getDouble("p99")).isNotNegative();
        assertThat(json.getJsonObject("usersSee").getInteger("nothing")).isEqualTo(30);
        assertThat(json.getJsonObject("push").getString("type")).isEqualTo("text");
    }

    @Test
    void printsTheTableSoFarOnCtrlC(Vertx vertx) {
        AtomicReference<Consumer<String>> ctrlC = new AtomicReference<>();
        trigger.signals = ctrlC::set;
        AtomicInteger count = new AtomicInteger();
        URI gateway = Gateways.http(vertx, (body, response) -> {
            if (count.incrementAndGet() == 12) {
                Objects.requireNonNull(ctrlC.get()).accept("INT");
            } else {
                response.end("success");
            }
        });

        int code = trigger.run(gateway, "text", "--repeat", "1000");

        assertThat(code).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(trigger.out.toString()).contains("11 of 1,000 in ", "accepted   11\n");
        assertThat(count.get()).isEqualTo(12);
    }
}
