package io.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.admin.TestAdmin.Reply;
import io.weir.cli.LogConfiguration;
import io.weir.client.LogCapture;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@ExtendWith(VertxExtension.class)
class LogRoutesTest {
    private static final String PATH = "/api/v1/log-levels";
    private static final String LOGGER = "io.weir.admin.LogRoutesTest";

    private TestAdmin admin;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        admin = TestAdmin.start(vertx, Optional.empty());
    }

    @AfterEach
    void reset() {
        LogConfiguration.silence(LOGGER);
    }

    @Test
    void changesTheLevelOfALoggerWhileTheProcessRuns() throws Exception {
        try (LogCapture log = LogCapture.of("io.weir.admin.LogRoutes")) {
            Reply changed = put("{\"logger\": \"" + LOGGER + "\", \"level\": \"TRACE\"}");

            assertThat(changed.json().path("levels").path(LOGGER).asText()).isEqualTo("TRACE");
            assertThat(LoggerFactory.getLogger(LOGGER).isTraceEnabled()).isTrue();
            assertThat(admin.get(PATH).json().path("levels").path(LOGGER).asText())
                    .isEqualTo("TRACE");
            assertThat(log.lines()).singleElement().asString().contains("log level changed", LOGGER, "TRACE");
        }

        put("{\"logger\": \"" + LOGGER + "\", \"level\": \"OFF\"}");

        assertThat(LoggerFactory.getLogger(LOGGER).isErrorEnabled()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"logger\": \"io.weir\"}",
                "{\"logger\": \"io.weir\", \"level\": \"LOUD\"}",
                "{\"logger\": \"../x\", \"level\": \"INFO\"}",
                "{\"logger\": \"com.else\", \"level\": \"INFO\"}",
                "{\"logger\": \"io.weir\", \"level\": \"INFO\", \"for\": 5}"
            })
    void refusesWhatItDoesNotUnderstand(String body) throws Exception {
        assertThat(put(body).status()).isEqualTo(400);
    }

    private Reply put(String body) throws Exception {
        return admin.send("PUT", PATH, body, "Content-Type", "application/json");
    }
}
