package io.weir.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.backend.BackendException.Kind;
import io.weir.client.LogCapture;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackendHealthTest {
    private static final String FAILS = "WARN backend gives no reply [backend=\"shop\", fault=\"%s\", error=\"e\"]";
    private static final String ANSWERS = "INFO backend answers again [backend=\"shop\"]";

    private final LogCapture log = LogCapture.of("io.weir.backend.BackendClient");
    private final BackendHealth health = new BackendHealth("shop");
    private long now;

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void tellsEachChangeOnce() {
        fail(Kind.TIMEOUT);
        fail(Kind.TIMEOUT);
        fail(Kind.CIRCUIT_OPEN);
        pass(Duration.ofSeconds(2));
        fail(Kind.STATUS);
        pass(Duration.ofSeconds(2));
        health.answered(now);
        health.answered(now);

        assertThat(log.lines()).containsExactly(FAILS.formatted("timeout"), FAILS.formatted("status"), ANSWERS);
    }

    @Test
    void takesFailuresThatComeAndGoByTheSecondForOne() {
        for (int i = 0; i < 10; i++) {
            fail(i % 2 == 0 ? Kind.TIMEOUT : Kind.UNREACHABLE);
            health.answered(now);
            pass(Duration.ofMillis(100));
        }

        assertThat(log.lines()).containsExactly(FAILS.formatted("timeout"));
    }

    private void fail(Kind kind) {
        health.failed(new BackendException(kind, "e"), now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
