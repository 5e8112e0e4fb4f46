package io.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import io.weir.http.api.Access;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.ApiRoute;
import io.weir.http.api.Right;
import io.weir.redis.Await;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisServer;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class AuditLogIT {
    private static final ApiRoute REPLAY = ApiRoute.post(
            "/api/v1/pushes/{id}/replay", Access.OPERATOR, request -> Future.succeededFuture(ApiAnswer.done()));

    private final RedisServer redis = RedisServer.start();
    private RedisLink link;

    @BeforeEach
    void connect(Vertx vertx) {
        link = RedisLink.open(vertx, redis.config(), RedisLimits.DEFAULT);
    }

    @AfterEach
    void stop() {
        link.close();
        redis.close();
    }

    @Test
    void everyInstanceShowsWhatWasDoneAtAny() {
        AuditLog one = log("one");
        AuditLog two = log("two");

        note(one, "1");
        note(two, "2");

        assertThat(shown(one))
                .isEqualTo(shown(two))
                .contains("pushes/1/", "pushes/2/", "\"one\"", "\"two\"", "\"complete\" : true");
    }

    @Test
    void theListIsBoundedAndExpires() {
        AuditLog log = log("one");
        for (int i = 0; i < AuditLog.MOST + 3; i++) {
            note(log, Integer.toString(i));
        }

        assertThat(redis.command("LLEN", "weir:audit")).isEqualTo(":" + AuditLog.MOST + "\r\n");
        assertThat(redis.command("PTTL", "weir:audit")).matches(":77[0-9]{8}\r\n");
    }

    @Test
    void withoutRedisAnInstanceShowsItsOwnAndSaysSo() {
        AuditLog log = log("one");
        note(log, "1");
        redis.close();

        assertThat(shown(log)).contains("pushes/1/", "\"complete\" : false");
    }

    private AuditLog log(String instance) {
        return new AuditLog(() -> Optional.of(link), instance, Clock.systemUTC());
    }

    private static void note(AuditLog log, String id) {
        Await.result(log.note("anna", REPLAY, Right.OPERATE, Map.of("id", id), 200));
    }

    private static String shown(AuditLog log) {
        ApiRequest request = new ApiRequest(
                Map.of(),
                MultiMap.caseInsensitiveMultiMap(),
                MultiMap.caseInsensitiveMultiMap(),
                Buffer.buffer(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                "127.0.0.1");
        return Await.result(log.routes().get(0).effect().answer(request)).body().toString();
    }
}
