package io.weir.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.weir.simulator.platform.Refused;
import io.weir.simulator.time.VirtualTime;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RidsTest {
    private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-20T04:00:00Z"));
    private final Rids rids = new Rids(time.clock());

    @Test
    void beginsWithTheTimeAndNeverRepeats() {
        assertThat(IntStream.range(0, 1_000).mapToObj(i -> rids.next()).distinct())
                .hasSize(1_000)
                .allMatch(rid -> rid.matches("6affc5c0-[0-9a-f]{8}-[0-9a-f]{8}"));
    }

    @Test
    void forgetsAllButTheLast1000() {
        for (int i = 0; i < 1_001; i++) {
            rids.keep("rid" + i, "wx1", incoming(""), Buffer.buffer());
        }

        assertThatThrownBy(() -> rids.find("rid0", "wx1")).isInstanceOf(Refused.class);
        assertThat(rids.find("rid1", "wx1").path("invoke_time").asLong()).isEqualTo(1795147200L);
    }

    @Test
    void explainsToEverybodyWhatWasRefusedForItsCaller() {
        rids.keep("rid", "", incoming(""), Buffer.buffer());

        assertThat(rids.find("rid", "wx1").path("client_ip").asText()).isEqualTo("203.0.113.9");
    }

    @Test
    void keepsOnlyTheBeginningOfALongBody() {
        rids.keep(
                "rid", "wx1", incoming("{\"secret\":\"" + "x".repeat(5_000) + "\"}"), Buffer.buffer("y".repeat(5_000)));

        assertThat(rids.find("rid", "wx1").path("request_body").asText()).isEqualTo("{\"secret\":\"***\"}");
        assertThat(rids.find("rid", "wx1").path("response_body").asText()).hasSize(2_048);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant_type=client_credential&appid=wx1&secret=hidden",
                "{'secret':'hidden'}",
                "{\"\\u0073ecret\":\"hidden\"}",
                "{\"secret\":{\"a\":\"hidden\"}}",
                "{\"appsecret\":\"hidden\"} x"
            })
    void tellsNoSecretInWhateverFormItWasSent(String body) {
        rids.keep("rid", "", incoming(body), Buffer.buffer());

        assertThat(rids.find("rid", "wx1").path("request_body").asText()).doesNotContain("hidden");
    }

    private static IncomingCall incoming(String body) {
        return new IncomingCall("POST", "/cgi-bin/x", Map.of(), "", Buffer.buffer(body), "203.0.113.9");
    }
}
