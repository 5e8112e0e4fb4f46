package io.weir.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.junit5.VertxExtension;
import io.weir.admin.TestAdmin;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.Outcome.Kind;
import io.weir.http.RawHttp;
import io.weir.redis.Await;
import io.weir.wechat.message.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
class PushReplayTest {
    private TestAdmin admin;
    private TestJournal console;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        admin = TestAdmin.start(vertx, Optional.of(TestAdmin.TOKEN));
        console = admin.console;
    }

    @Test
    void comparesWhatIsAnsweredNowWithWhatWas() throws Exception {
        JournalEntry entry = console.main.answered(console.main.sealed(TestPushPort.click("V1")), Reply.text("then"));
        console.clock.pass(Duration.ofMinutes(3));

        JsonNode shown = replay(entry, "");

        assertThat(shown.path("replayed").asBoolean()).isTrue();
        assertThat(shown.path("same").asBoolean()).isFalse();
        assertThat(shown.path("before").asText())
                .contains("\n  <Content>then</Content>\n")
                .startsWith("<xml>\n");
        assertThat(shown.path("after").asText()).contains("\n  <Content>now</Content>\n");
        assertThat(shown.path("diff"))
                .isEqualTo(
                        TestAdmin.parse(
                                "[{\"line\": 6, \"before\": \"  <Content>then</Content>\", \"after\": \"  <Content>now</Content>\"}]"));
        assertThat(shown.path("outcome").asText()).isEqualTo("reply");
        assertThat(shown.path("micros").asLong()).isGreaterThanOrEqualTo(0);
    }

    @Test
    void handlesWhatWasEditedInPlaceOfWhatCame() throws Exception {
        JournalEntry entry = console.main.answered(console.main.sealed(TestPushPort.click("V1")), Reply.text("then"));
        String edited = JsonNodeFactory.instance
                .objectNode()
                .put("xml", TestPushPort.click("V2"))
                .toString();

        TestAdmin.Reply reply = admin.post("/api/v1/pushes/" + entry.id() + "/replay", edited);

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        Delivery<?> handled = console.replayed.remove();
        assertThat(handled.push().answerKey()).hasValue("V2");
        assertThat(handled.replay()).isTrue();
        assertThat(reply.json().path("before").asText()).contains("then");
        assertThat(admin.post("/api/v1/pushes/" + entry.id() + "/replay", "{\"xml\": \"<xml\"}")
                        .status())
                .isEqualTo(400);
        assertThat(console.replayed).isEmpty();
    }

    @Test
    void leavesCreateTimeAside() throws Exception {
        JournalEntry entry = console.club.answered(console.club.plain(TestPushPort.click("V1")), Reply.text("now"));
        console.clock.pass(Duration.ofMinutes(3));

        JsonNode shown = replay(entry, "");

        assertThat(shown.path("same").asBoolean()).isTrue();
        assertThat(shown.path("diff")).isEmpty();
        assertThat(shown.path("before").asText())
                .isNotEqualTo(shown.path("after").asText());
    }

    @Test
    void tellsTheHandlerThatItIsAReplay() throws Exception {
        JournalEntry entry = console.club.answered(console.club.plain(TestPushPort.click("V1")), Reply.NONE);

        replay(entry, "");

        Delivery<?> delivery = console.replayed.remove();
        assertThat(delivery.replay()).isTrue();
        assertThat(delivery.redelivered()).isTrue();
        assertThat(delivery.push()).isEqualTo(entry.received().orElseThrow().push());
    }

    @Test
    void keepsNothingInTheStoreAndIsCountedApart() throws Exception {
        JournalEntry entry = console.club.answered(console.club.plain(TestPushPort.click("V1")), Reply.text("then"));

        replay(entry, "");

        assertThat(Await.result(console.store.find(
                                entry.received().orElseThrow().id()))
                        .row())
                .isEmpty();
        assertThat(console.metrics.find("weir.pushes").counter()).isNull();
        assertThat(console.metrics
                        .counter("weir.replays", "account", "club", "type", "CLICK", "outcome", "reply")
                        .count())
                .isEqualTo(1);
        JournalEntry last = console.journal.newestFirst().get(0);
        assertThat(last.kind()).isEqualTo(Kind.REPLAY);
        assertThat(last.id()).isEqualTo(entry.id() + 1);
        JsonNode detail = admin.get("/api/v1/pushes/" + last.id()).json();
        assertThat(detail.path("outcome").asText()).isEqualTo("replay");
        assertThat(detail.has("way")).isFalse();
        assertThat(detail.path("attempts").findValues("id")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"NO_HANDLERS, unhandled", "RECIPIENT_FAILURE, failed", "TIMEOUT, failed"})
    void saysWhatFailed(ReplyFailure failure, String outcome) throws Exception {
        JournalEntry entry = console.club.answered(console.club.plain(TestPushPort.click("V1")), Reply.text("then"));
        console.handler = delivery -> Future.failedFuture(new ReplyException(failure));

        JsonNode shown = replay(entry, "");

        assertThat(shown.path("outcome").asText()).isEqualTo(outcome);
        assertThat(shown.path("after").asText()).isEqualTo("success");
        assertThat(shown.path("same").asBoolean()).isFalse();
    }

    @Test
    void masksTextsUntilAskedForThem() throws Exception {
        JournalEntry entry = console.club.answered(
                console.club.plain(TestPushPort.text("my secret")), Reply.text("you said my secret"));
        console.handler = delivery -> Future.succeededFuture(Reply.text("again: my secret"));

        JsonNode masked = replay(entry, "");
        JsonNode shown = replay(entry, "?reveal=true");

        assertThat(masked.toString()).doesNotContain("my secret", TestPushPort.OPEN_ID);
        assertThat(masked.path("same").asBoolean()).isFalse();
        assertThat(masked.path("diff").get(0).path("after").asText()).isEqualTo("  <Content>•••</Content>");
        assertThat(shown.path("diff").get(0).path("after").asText()).isEqualTo("  <Content>again: my secret</Content>");
        assertThat(shown.path("after").asText()).contains(TestPushPort.OPEN_ID);
    }

    @Test
    void isOfFivePushesAtOnce() throws Exception {
        JournalEntry entry = console.club.answered(console.club.plain(TestPushPort.click("V1")), Reply.NONE);
        Promise<Reply> late = Promise.promise();
        console.handler = delivery -> late.future();
        List<RawHttp> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            RawHttp http = admin.connect();
            waiting.add(http);
            http.send("POST /api/v1/pushes/" + entry.id()
                    + "/replay HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TestAdmin.TOKEN.reveal()
                    + "\r\nContent-Length: 0\r\n\r\n");
        }
        Await.until("five are under way", () -> console.replayed.size() == 5);

        assertThat(status(entry.id())).isEqualTo(429);

        late.complete(Reply.NONE);
        for (RawHttp http : waiting) {
            assertThat(http.response()).startsWith("HTTP/1.1 200");
            http.close();
        }
        assertThat(status(entry.id())).isEqualTo(200);
    }

    @Test
    void isOnlyOfPushesThatWereAcceptedAndAreThere() throws Exception {
        JournalEntry first = console.club.verified();
        JournalEntry refused = console.club.answered(
                console.club.plain(TestPushPort.click("V1")).with("nonce=", "nonce=1"), Reply.NONE);

        assertThat(status(first.id())).isEqualTo(409);
        assertThat(status(refused.id())).isEqualTo(409);
        assertThat(status(refused.id() + 1)).isEqualTo(404);
        for (int i = 0; i < 1_000; i++) {
            console.club.verified();
        }
        assertThat(status(first.id())).isEqualTo(410);
        assertThat(console.replayed).isEmpty();
    }

    private int status(long id) throws Exception {
        return admin.post("/api/v1/pushes/" + id + "/replay", "{}").status();
    }

    private JsonNode replay(JournalEntry entry, String query) throws Exception {
        TestAdmin.Reply reply = admin.post("/api/v1/pushes/" + entry.id() + "/replay" + query, "");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }
}
