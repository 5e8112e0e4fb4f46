package io.weir.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.weir.dispatch.durable.RedisWork;
import io.weir.dispatch.durable.WorkOrSpool;
import io.weir.redis.Await;
import io.weir.redis.RedisAnswer;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisServer;
import io.weir.redis.SharedRedis;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Copies through a real Redis. */
class CopiesIT extends CopiesContract {
    @RegisterExtension
    static final SharedRedis REDIS = new SharedRedis();

    @TempDir
    Path folder;

    private Function<String, WorkOrSpool> opener = owner -> open(REDIS.link(), owner, Optional.empty());

    @Override
    WorkOrSpool open(String owner, Map<String, List<String>> copied) {
        return opener.apply(owner);
    }

    private WorkOrSpool open(RedisLink link, String owner, Optional<Path> spool) {
        RedisWork redis = new RedisWork(link, owner, appIds, CONFIG, System::currentTimeMillis);
        return WorkOrSpool.open(Optional.of(redis), spool, CONFIG, List.of("main"), Map.of(), metrics);
    }

    private static RedisAnswer redis(String command, String... arguments) {
        return Await.result(REDIS.link().send(command, arguments));
    }

    private String key(String what) {
        return "weir:{" + appId + "}:" + what;
    }

    @Test
    void goesOnWhereItWasWhenTheGroupIsDeleted() {
        start("one", serve(content -> 204));
        keep("a0", "oA");
        Await.until("sent", () -> got.contains("a0"));
        Await.until(
                "known how far",
                () -> !redis("HGET", key("copied"), "shop").text().orElse("0-0").equals("0-0"));
        redis("XGROUP", "DESTROY", key("journal"), "copy:shop");
        keep("a1", "oA");

        Await.until("sent", () -> got.contains("a1"));

        assertThat(got).containsExactly("a0", "a1");
    }

    @Test
    void keepsInTheSpoolWhatRedisCannotTakeAndTheOrderAfterwards() {
        int port = serve(content -> 204);
        Vertx own = Vertx.vertx();
        RedisServer server = RedisServer.start();
        RedisLink link = RedisLink.open(own, server.config(), RedisLimits.DEFAULT);
        opener = owner -> open(link, owner, Optional.of(folder));
        try {
            Await.result(link.attempted());
            start("one", port);
            keep("a0", "oA");
            Await.until("sent", () -> got.contains("a0"));
            server.kill();
            keep("a1", "oA");
            keep("a2", "oA");
            server.restart();
            Await.until("it is there again", () -> !link.isAway());
            keep("a3", "oA");

            Await.until("all were sent", () -> {
                work().lookAfter();
                return got.size() >= 4;
            });

            assertThat(got).containsExactly("a0", "a1", "a2", "a3");
            assertThat(again).as("Redis may have taken them before").contains("a1", "a2");
            assertThat(work().spoolState().orElseThrow().entries()).isZero();
        } finally {
            link.close();
            server.close();
            Await.result(own.close());
        }
    }
}
