package io.weir.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.doctor.Doctor.Finding.Level;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisInfoTest {
    @ParameterizedTest
    @CsvSource({
        "noeviction,   0,    100, 0, OK",
        "noeviction,   1000, 100, 0, OK",
        "noeviction,   1000, 950, 0, WARN",
        "allkeys-lru,  0,    100, 0, OK",
        "allkeys-lru,  1000, 100, 0, WARN",
        "volatile-ttl, 1000, 100, 0, WARN",
        "volatile-ttl, 1000, 100, 7, FAIL",
        "'',           1000, 100, 0, WARN"
    })
    void whatMayBeThrownAwayIsTold(String policy, long maxmemory, long used, long evicted, Level level) {
        RedisInfo info = RedisInfo.of("# Memory\r\nused_memory:" + used + "\r\nmaxmemory:" + maxmemory
                + "\r\nmaxmemory_policy:" + policy + "\r\n# Stats\r\nevicted_keys:" + evicted + "\r\n");

        assertThat(info.memory().level()).isEqualTo(level);
        assertThat(info.memory().fix().isEmpty()).isEqualTo(level == Level.OK);
    }

    @ParameterizedTest
    @CsvSource({"6.2.14, true", "5.0.9, true", "7.0.0, false", "7.2.4, false", "10.1.0, false", "255.255.255, false"})
    void aVersionBeforeSevenIsTooOld(String version, boolean tooOld) {
        RedisInfo info = RedisInfo.of("# Server\r\nredis_version:" + version + "\r\n");

        assertThat(info.tooOld().isPresent()).isEqualTo(tooOld);
        assertThat(info.tooOld().stream()).allSatisfy(finding -> {
            assertThat(finding.level()).isEqualTo(Level.FAIL);
            assertThat(finding.found()).contains(version);
            assertThat(finding.fix()).isNotEmpty();
        });
    }

    @Test
    void valkeyIsNamedWithItsOwnVersion() {
        RedisInfo info =
                RedisInfo.of("redis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.1.3\r\nrole:master\r\n");

        assertThat(info.name()).isEqualTo("master Valkey 8.1.3");
        assertThat(info.tooOld()).isEmpty();
    }

    @Test
    void aVersionThatIsNotToldIsNotTooOld() {
        assertThat(RedisInfo.UNTOLD.tooOld()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "aof_enabled:1, OK, appends each change",
        "aof_enabled:0, OK, snapshots at most",
        "aof_enabled:1;aof_last_write_status:err, FAIL, could not write its data",
        "aof_enabled:0;rdb_last_bgsave_status:err, FAIL, could not write its data"
    })
    void whetherItsDataOutlivesItIsTold(String lines, Level level, String words) {
        RedisInfo info = RedisInfo.of(lines.replace(";", "\r\n"));

        assertThat(info.persistence()).hasValueSatisfying(finding -> {
            assertThat(finding.level()).isEqualTo(level);
            assertThat(finding.found()).contains(words);
        });
        assertThat(RedisInfo.UNTOLD.persistence()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1073741824, 0, 873, OK", "1073741824, 1063741824, 8, WARN", "104857600, 104857600, 0, WARN"})
    void freeMemoryIsMeasuredInPushesASecond(long maxmemory, long used, long perSecond, Level level) {
        RedisInfo info = RedisInfo.of("maxmemory:" + maxmemory + "\r\nused_memory:" + used);

        assertThat(info.headroom(Duration.ofMinutes(20))).hasValueSatisfying(finding -> {
            assertThat(finding.level()).isEqualTo(level);
            assertThat(finding.facts()).containsEntry("pushesPerSecond", perSecond);
        });
        assertThat(RedisInfo.of("maxmemory:0").headroom(Duration.ofMinutes(20))).isEmpty();
    }
}
