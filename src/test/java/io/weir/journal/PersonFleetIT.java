package io.weir.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.admin.TestAdmin;
import io.weir.dispatch.IdentityCodec;
import io.weir.redis.Await;
import io.weir.redis.RedisServer;
import io.weir.wechat.message.Reply;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One person, whose pushes two instances hold that share a real Redis. */
@ExtendWith(VertxExtension.class)
class PersonFleetIT {
    private static final String STREAM = "weir:{wx0000000000000001}:recent";
    private static final String ALICE = "/api/v1/accounts/club/people/" + TestPushPort.OPEN_ID;

    private final RedisServer redis = RedisServer.start();
    private final TestJournal here = new TestJournal("here-1", Optional.of(redis.config()));
    private final TestJournal there = new TestJournal("there-2", Optional.of(redis.config()));
    private TestAdmin admin;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        IdentityCodec.install(vertx);
        admin = TestAdmin.start(vertx, here);
        TestAdmin.start(vertx, there);
        Await.result(vertx.deployVerticle(here.fleetPushes(vertx)));
        Await.result(vertx.deployVerticle(there.fleetPushes(vertx)));
        Await.until(
                "both are there", () -> get("/api/v1/fleet").path("instances").size() == 2);
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void everyInstanceTellsWhatItHolds() {
        here.club.answered(here.club.plain(TestPushPort.click("V1")), Reply.text("one"));
        there.club.answered(there.club.plain(TestPushPort.text("my secret")), Reply.text("you said my secret"));

        JsonNode masked = get(ALICE);
        JsonNode revealed = get(ALICE + "?reveal=true");

        assertThat(masked.path("pushes")).hasSize(2);
        assertThat(masked.path("complete").asBoolean()).isTrue();
        assertThat(masked.path("instances").findValuesAsText("name")).containsExactly("here-1", "there-2");
        assertThat(masked.toString()).doesNotContain("secret", TestPushPort.OPEN_ID);
        assertThat(revealed.path("pushes").findValuesAsText("Content")).containsExactly("my secret");
        assertThat(revealed.path("openid").asText()).isEqualTo(TestPushPort.OPEN_ID);
        assertThat(redis.command("XRANGE", STREAM, "-", "+")).doesNotContain(TestPushPort.OPEN_ID, "secret");
    }

    @Test
    void aPersonWhomOnlyAnotherInstanceHasSeenIsNamedWithoutTheOpenId() {
        JournalEntry click = there.club.answered(there.club.plain(TestPushPort.click("V1")), Reply.NONE);
        String person =
                get("/api/v1/fleet/pushes/there-2/" + click.id()).path("person").asText();

        assertThat(get("/api/v1/accounts/club/people/" + person).path("pushes")).hasSize(1);
        // WeChat cannot be reached, but it is known whom to ask about.
        assertThat(reply("/api/v1/accounts/club/people/" + person + "/tags").status())
                .isIn(502, 504);
    }

    @Test
    void ofWhatNoInstanceHasAnyMoreTheLineIsLeft() {
        String sender = RecentStream.digest("wx0000000000000001", TestPushPort.OPEN_ID);
        String line =
                "{\"id\":5,\"account\":\"club\",\"at\":\"2026-11-20T06:50:00.000Z\",\"type\":\"text\",\"openid\":\""
                        + TestPushPort.MASKED + "\",\"key\":\"•••\",\"outcome\":\"reply\",\"attempt\":1,"
                        + "\"encrypted\":false,\"micros\":1,\"from\":\"x\"}";
        redis.command("XADD", STREAM, "*", "v", "1", "i", "gone-3", "s", sender, "p", line);
        redis.command("XADD", STREAM, "*", "v", "1", "i", "gone-3", "s", "AAAAAAAAAAAA", "p", line);

        JsonNode told = get(ALICE);

        assertThat(told.path("pushes")).hasSize(1);
        assertThat(told.at("/pushes/0/instance").asText()).isEqualTo("gone-3");
        assertThat(told.at("/pushes/0").has("fields")).isFalse();
        assertThat(told.at("/window/state").asText()).isEqualTo("unknown");
    }

    @Test
    void whileRedisIsAwayThisInstanceTellsItsOwn() {
        here.club.answered(here.club.plain(TestPushPort.click("V1")), Reply.NONE);
        there.club.answered(there.club.plain(TestPushPort.click("V2")), Reply.NONE);

        redis.kill();

        Await.until("incomplete", () -> !get(ALICE).path("complete").asBoolean());
        assertThat(get(ALICE).path("pushes").findValuesAsText("key")).containsExactly("V1");
    }

    private JsonNode get(String path) {
        return reply(path).json();
    }

    private TestAdmin.Reply reply(String path) {
        try {
            return admin.get(path);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
