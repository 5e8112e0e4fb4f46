package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerProcessTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8082: Address already in use", "Address already in use"})
    void namesAPortOnceWithTheReasonThatItCannotBeHad(String failure) {
        assertThat(new OnePort().ports(failure)).isEqualTo("127.0.0.1:8082 (--port): Address already in use");
    }

    private static final class OnePort implements ServerProcess.Server {
        @Override
        public Future<?> start() {
            return Future.succeededFuture();
        }

        @Override
        public void ready() {}

        @Override
        public Future<Void> stop(Duration notice) {
            return Future.succeededFuture();
        }

        @Override
        public String ports() {
            return "127.0.0.1:8082 (--port)";
        }
    }
}
