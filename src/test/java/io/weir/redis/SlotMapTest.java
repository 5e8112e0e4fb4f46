package io.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.redis.InFlight.RedisCommand;
import io.weir.redis.RedisException.Redirect;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlotMapTest {
    private static final int OF_KEY = slot("GET weir:{wx1}:work").orElseThrow();

    private static Optional<Integer> slot(String command) {
        return SlotMap.slotOf(RedisCommand.plain(List.of(command.split(" ", -1))));
    }

    @ParameterizedTest
    @CsvSource({
        "foo, 12182",
        "123456789, 12739",
        "{user1000}.following, 3443",
        "{user1000}.followers, 3443",
        "foo{}{bar}, 8363",
        "foo{{bar}}zap, 4015"
    })
    void hashesAKeyAsRedisDoes(String key, int slot) {
        assertThat(slot("GET " + key)).contains(slot);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET weir:{wx1}:work v NX GET PX 1",
                "EVALSHA digest 2 weir:{wx1}:work weir:{wx1}:journal a",
                "EVAL source 1 weir:{wx1}:work a",
                "XADD weir:{wx1}:work MAXLEN ~ 1 * f v",
                "XREADGROUP GROUP weir me COUNT 1 STREAMS weir:{wx1}:work >",
                "XGROUP CREATE weir:{wx1}:work weir 0 MKSTREAM",
                "XINFO STREAM weir:{wx1}:work",
                "XAUTOCLAIM weir:{wx1}:work weir me 1 0",
                "XCLAIM weir:{wx1}:work weir me 1 0-1 JUSTID",
                "XPENDING weir:{wx1}:work weir",
                "HINCRBY weir:{wx1}:work f 1",
                "MEMORY USAGE weir:{wx1}:work",
                "PEXPIRE weir:{wx1}:work 1"
            })
    void findsTheKeyOfACommand(String command) {
        assertThat(slot(command)).contains(OF_KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"PING", "TIME", "INFO memory", "PUBLISH weir:news text", "SCRIPT LOAD source", "EVAL source 0"})
    void knowsWhatHasNoKey(String command) {
        assertThat(slot(command)).isEmpty();
    }

    @Test
    void readsTheRedirectionOfANode() {
        assertThat(Redirect.parse("MOVED 3999 10.0.0.7:6381")).contains(new Redirect(false, "10.0.0.7", 6381));
        assertThat(Redirect.parse("ERR [1] ASK 3999 fe80::1:6381")).contains(new Redirect(true, "fe80::1", 6381));
        assertThat(Redirect.parse("MOVED 3999 :6381")).contains(new Redirect(false, "", 6381));
        assertThat(Redirect.parse("CLUSTERDOWN The cluster is down")).isEmpty();
    }
}
