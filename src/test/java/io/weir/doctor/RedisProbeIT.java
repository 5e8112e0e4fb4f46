package io.weir.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.weir.client.ManualClock;
import io.weir.doctor.Doctor.Finding;
import io.weir.doctor.Doctor.Finding.Level;
import io.weir.redis.Await;
import io.weir.redis.RedisConfig;
import io.weir.redis.RedisServer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real Redis beside a machine whose clock is not Redis's. */
class RedisProbeIT {
    private final Vertx vertx = Vertx.vertx();
    private final RedisServer redis = RedisServer.start();

    @AfterEach
    void stop() {
        redis.close();
        Await.result(vertx.close());
    }

    @ParameterizedTest
    @CsvSource({"-900, behind Redis's", "900, ahead of Redis's"})
    void namesClocksThatDiffer(long secondsAhead, String words) {
        List<Finding> findings = look(secondsAhead);

        assertThat(findings)
                .filteredOn(finding -> "CLOCKS_DIFFER".equals(finding.facts().get("fault")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.level()).isEqualTo(Level.WARN);
                    assertThat(finding.found()).contains(words);
                    assertThat(finding.fix().toString()).contains("compare both", "NTP");
                });
    }

    @ParameterizedTest
    @CsvSource({"0", "25", "-25"})
    void saysNothingOfClocksThatAgree(long secondsAhead) {
        assertThat(look(secondsAhead)).noneMatch(finding -> finding.facts().containsKey("fault"));
    }

    @Test
    void namesTheCommandThatTheUserMayNotGive() {
        redis.command("ACL", "SETUSER", "limited", "on", ">hush", "~*", "&*", "+@all", "-hincrby");
        RedisConfig limited = RedisConfig.server(URI.create("redis://limited:hush@127.0.0.1:" + redis.port()));

        List<Finding> findings =
                Await.result(new RedisProbe(vertx, limited, Clock.systemUTC(), Duration.ofMinutes(20)).look());

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.FAIL);
            assertThat(finding.found())
                    .contains("what the user may do: Redis answered NOPERM to HINCRBY")
                    .doesNotContain("hush");
        });
    }

    private List<Finding> look(long secondsAhead) {
        ManualClock clock = new ManualClock(
                Instant.now().plus(Duration.ofSeconds(secondsAhead)).toString());
        return Await.result(new RedisProbe(vertx, redis.config(), clock, Duration.ofMinutes(20)).look());
    }
}
