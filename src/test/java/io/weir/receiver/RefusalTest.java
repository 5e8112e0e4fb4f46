package io.weir.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.http.RawHttp;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(VertxExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalTest {
    private static final String THE_ONE_ANSWER = "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n";

    private TestReceiver receiver;

    @BeforeAll
    void start(Vertx vertx) {
        receiver = TestReceiver.start(vertx);
    }

    @BeforeEach
    void forget() {
        receiver.arrived.clear();
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void refusesWithTheOneAnswerAndCountsTheCause(Forgery forgery) throws IOException {
        double before = receiver.refusals(forgery.account(), forgery.cause());
        double alarms = receiver.alarms(forgery.account(), "bad_answer");

        String answer = receiver.response(forgery.request().getBytes());

        assertThat(answer).isEqualTo(THE_ONE_ANSWER);
        assertThat(receiver.refusals(forgery.account(), forgery.cause())).isEqualTo(before + 1);
        assertThat(receiver.alarms(forgery.account(), "bad_answer")).isEqualTo(alarms + 1);
        assertThat(receiver.arrived).isEmpty();
    }

    @Test
    void keepsTheConnectionAfterARefusal() throws IOException {
        byte[] forged = Forge.post("/wx/plain", Forge.signed("other", Forge.NOW), Forge.CLICK);

        try (RawHttp http = receiver.connect()) {
            assertThat(http.send(forged).response()).isEqualTo(THE_ONE_ANSWER);
            assertThat(http.send(forged).response()).isEqualTo(THE_ONE_ANSWER);
        }
    }

    static Stream<Forgery> forgeries() {
        return Stream.of(
                        Forgeries.ofTheQuery(),
                        Forgeries.ofTheVerification(),
                        Forgeries.ofTheMode(),
                        Forgeries.ofTheEnvelope(),
                        Forgeries.ofTheXml(),
                        Forgeries.ofTheForm(),
                        Forgeries.ofOtherProducts(),
                        Forgeries.ofTheAddressee())
                .flatMap(forgeries -> forgeries);
    }
}
