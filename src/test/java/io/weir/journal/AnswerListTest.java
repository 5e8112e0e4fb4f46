package io.weir.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.junit5.VertxExtension;
import io.weir.admin.TestAdmin;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.Outcome.Kind;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class AnswerListTest {
    private TestAdmin admin;
    private TestJournal console;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        admin = TestAdmin.start(vertx, Optional.of(TestAdmin.TOKEN));
        console = admin.console;
    }

    @Test
    void tellsWhoAnswersByWhichRules() throws Exception {
        JsonNode click = type("main", "CLICK");

        assertThat(click).isEqualTo(TestAdmin.parse("""
                        {"type": "CLICK", "handler": "ClickHandler", "late": "success", "customKeys": [], "rules": ["V1", "V2"], "ruleCount": 2,
                        "default": true, "count": 0, "replies": 0, "failed": 0, "lateCount": 0}"""));
        assertThat(type("main", "text").path("rules").toString()).isEqualTo("[\"hello\"]");
        assertThat(type("main", "text").path("default").asBoolean()).isFalse();
        assertThat(type("main", "VIEW").path("late").asText()).isEqualTo("retry");
        assertThat(type("main", "VIEW").path("handler").asText()).isEqualTo("com.example.Own");
        assertThat(type("club", "CLICK").path("rules")).isEmpty();
    }

    @Test
    void tellsOfEveryKindOnce() throws Exception {
        assertThat(admin.get("/api/v1/answers").json().at("/accounts/0/types").findValuesAsText("type"))
                .containsExactlyElementsOf(
                        PushType.all().stream().map(PushType::wireName).toList());
    }

    @Test
    void counts() throws Exception {
        Push push = click(TestPushPort.click("V1"), AnswerListTest::working)
                .received()
                .orElseThrow()
                .push();
        console.outcomes.count(push, Kind.REPLY);
        console.outcomes.count(push, Kind.REPLY);
        console.outcomes.count(push, Kind.SUCCESS);
        console.outcomes.count(push, Kind.LATE);
        console.outcomes.count(push, Kind.FAILED);
        console.outcomes.count(push, Kind.UNHANDLED);

        JsonNode type = type("club", "CLICK");

        assertThat(type.path("count").asInt()).isEqualTo(6);
        assertThat(type.path("replies").asInt()).isEqualTo(2);
        assertThat(type.path("failed").asInt()).isEqualTo(2);
        assertThat(type.path("lateCount").asInt()).isEqualTo(1);
        assertThat(type.path("p99Millis").asDouble()).isBetween(0.004, 5_000.0);
        assertThat(type("main", "CLICK").path("count").asInt()).isZero();
    }

    @Test
    void tellsTheLastError() throws Exception {
        click(TestPushPort.click("V1"), failing("java.lang.IllegalStateException"));
        click(TestPushPort.text("my secret"), failing("no handler for " + TestPushPort.OPEN_ID));

        assertThat(type("club", "CLICK").at("/lastError/error").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(type("club", "text").at("/lastError/error").asText())
                .isEqualTo("no handler for " + TestPushPort.MASKED);
        assertThat(type("club", "text").at("/lastError/at").asText()).isEqualTo("2026-11-20T07:00:00.000Z");
    }

    private static Future<Reply> working(Delivery<?> delivery) {
        return Future.succeededFuture(Reply.NONE);
    }

    private static Function<Delivery<?>, Future<Reply>> failing(String words) {
        return delivery -> Future.failedFuture(new ReplyException(ReplyFailure.RECIPIENT_FAILURE, 1, words));
    }

    private JournalEntry click(String xml, Function<Delivery<?>, Future<Reply>> handler) {
        return console.club.came(console.club.plain(xml), handler, Kind.REPLY, 1);
    }

    private JsonNode type(String account, String type) throws Exception {
        for (JsonNode each : admin.get("/api/v1/answers").json().path("accounts")) {
            for (JsonNode described : each.path("types")) {
                if (each.path("name").asText().equals(account)
                        && described.path("type").asText().equals(type)) {
                    return described;
                }
            }
        }
        throw new AssertionError("no " + type);
    }
}
