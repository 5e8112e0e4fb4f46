package io.weir.dispatch.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.weir.dispatch.durable.DurableWork.Abandoned;
import io.weir.dispatch.durable.DurableWork.Ticket;
import io.weir.dispatch.durable.DurableWork.Use;
import io.weir.redis.Await;
import io.weir.redis.RedisLink;
import io.weir.redis.SharedRedis;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisWorkIT extends RedisWorkContract {
    @RegisterExtension
    static final SharedRedis REDIS = new SharedRedis();

    @Override
    RedisLink link() {
        return REDIS.link();
    }

    /** So many entries of an owner that has gone, a thousand in a command: a longer one silences Redis on a busy machine. */
    private void leave(int entries) {
        String script = """
                local value = {'v', '1', 'i', 'p', 't', 'CLICK', 's', 'oA1', 'a', '1700000000123', 'n', '1', 'p', '', 'x', '<xml/>'}
                redis.pcall('XGROUP', 'CREATE', KEYS[1], 'weir', '0', 'MKSTREAM')
                for i = 1, 1000 do
                  local id = redis.call('XADD', KEYS[1], '*', unpack(value))
                  redis.call('XCLAIM', KEYS[1], 'weir', 'gone', 0, id, 'IDLE', 60000, 'FORCE', 'JUSTID')
                end
                return 1
                """;
        for (int i = 0; i < entries; i += 1_000) {
            Await.result(link().send(Duration.ofSeconds(5), "EVAL", script, "1", key("work")));
        }
    }

    /** How often Redis was asked for abandoned entries, by itself and by scripts. */
    private long looksOfRedis() {
        String statistics = redis("INFO", "commandstats").text().orElseThrow();
        return statistics
                .lines()
                .filter(line -> line.startsWith("cmdstat_xautoclaim:calls="))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf('=') + 1, line.indexOf(','))))
                .sum();
    }

    @Test
    void takesAHundredThousandEntriesOfTheDeadPageByPageWhileTheLivingGoOn() {
        leave(100_000);
        RedisWork heir = instance("heir");
        RedisWork living = instance("living");
        long before = looksOfRedis();

        int looks = 0;
        int taken = 0;
        while (taken < 100_000) {
            Future<Ticket> quick = living.keep(named("quick"), Set.of(Use.WORK));
            List<Abandoned> page = Await.result(heir.takeOver("main", 100));
            assertThat(page).hasSizeBetween(1, 100);
            taken += page.size();
            looks++;
            Await.result(living.done(Await.result(quick)));
            page.forEach(each -> heir.done(each.ticket()));
        }

        assertThat(taken).isEqualTo(100_000);
        assertThat(looks).isLessThan(1_100);
        assertThat(looksOfRedis() - before).isLessThan(2L * looks);
        Await.until("all is done", () -> length("work") == 0);
    }
}
