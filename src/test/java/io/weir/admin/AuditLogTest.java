package io.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.http.api.Access;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiRoute;
import io.weir.http.api.Right;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class AuditLogTest {
    private static final String REFRESH = "/api/v1/accounts/main/token/refresh";

    private TestAdmin admin;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        admin = TestAdmin.start(vertx, Optional.of(TestAdmin.TOKEN));
    }

    @Test
    void tellsWhoHasDoneWhatTheNewestFirst() throws Exception {
        admin.post(REFRESH, "");
        admin.get("/api/v1/pushes/7?reveal=true");
        admin.post("/api/v1/pushes/7/replay", "{}");

        assertThat(entries())
                .extracting(AuditLogTest::line)
                .containsExactly(
                        "admin.token replay POST /api/v1/pushes/7/replay failed 410 ",
                        "admin.token reveal GET /api/v1/pushes/7 failed 410 ",
                        "admin.token refresh POST /api/v1/accounts/main/token/refresh done 200 main");
    }

    @Test
    void leavesOutWhatIsOnlyReadAndTakesRepeatsOnceAMinute() throws Exception {
        admin.get("/api/v1/pushes");
        admin.get("/api/v1/session");
        admin.post(REFRESH, "");
        admin.post(REFRESH, "");
        assertThat(entries()).hasSize(1);

        admin.console.clock.pass(Duration.ofMinutes(1));
        admin.post(REFRESH, "");

        assertThat(entries()).hasSize(2);
    }

    @Test
    void hasEachChangeAndWhatIsRefusedOnceAMinute() throws Exception {
        for (int i = 0; i < 3; i++) {
            admin.audit.note("editor", SAVE, Right.ANSWERS, Map.of("account", "main"), 200);
            admin.audit.note("viewer", SAVE, Right.ANSWERS, Map.of("account", "main"), 403);
        }

        assertThat(entries())
                .extracting(entry -> entry.path("result").asText())
                .containsExactlyInAnyOrder("done", "done", "done", "refused");
    }

    @Test
    void hasNoOpenidNoQueryAndNoSecret() throws Exception {
        String openid = "oABCDEFGHIJKLMNOPQRSTUVWXYZ1";
        admin.get("/api/v1/pushes/" + openid + "?reveal=true&x=" + openid);
        admin.get("/api/v1/accounts/main/access-token");

        assertThat(admin.get("/api/v1/audit").text())
                .contains("/api/v1/pushes/oAB…")
                .doesNotContain(openid, "SECRET-", TestAdmin.TOKEN.reveal());
    }

    @Test
    void keepsTheLastThousand() throws Exception {
        for (int i = 0; i < AuditLog.MOST + 5; i++) {
            admin.audit.note("program", REPLAY, Right.OPERATE, Map.of("id", "" + i), 200);
        }

        List<JsonNode> entries = entries("?limit=1000");
        assertThat(entries).hasSize(AuditLog.MOST);
        assertThat(entries.get(0).path("what").asText()).endsWith("/1004/replay");
        assertThat(entries()).hasSize(200);
        assertThat(admin.get("/api/v1/audit?limit=1001").status()).isEqualTo(400);
    }

    private static final ApiRoute SAVE = ApiRoute.post(
            "/api/v1/accounts/{account}/answers", Access.OPERATOR, request -> Future.succeededFuture(ApiAnswer.done()));

    private static final ApiRoute REPLAY = ApiRoute.post(
            "/api/v1/pushes/{id}/replay", Access.OPERATOR, request -> Future.succeededFuture(ApiAnswer.done()));

    private List<JsonNode> entries() throws Exception {
        return entries("");
    }

    private List<JsonNode> entries(String query) throws Exception {
        return OpenApiDocument.stream(admin.get("/api/v1/audit" + query).json().path("entries"))
                .toList();
    }

    private static String line(JsonNode entry) {
        return String.join(
                " ",
                entry.path("who").asText(),
                entry.path("action").asText(),
                entry.path("what").asText(),
                entry.path("result").asText(),
                entry.path("status").asText(),
                entry.path("account").asText());
    }
}
