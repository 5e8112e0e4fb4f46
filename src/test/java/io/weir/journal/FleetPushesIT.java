package io.weir.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.admin.TestAdmin;
import io.weir.dispatch.IdentityCodec;
import io.weir.dispatch.Outcome.Kind;
import io.weir.redis.Await;
import io.weir.redis.RedisServer;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pushes of two instances that share a real Redis, as each of them tells of all. */
@ExtendWith(VertxExtension.class)
class FleetPushesIT {
    private static final String KEYS = "weir:{wx0000000000000001}:";
    private static final String STREAM = KEYS + "recent";

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
    void listsThePushesOfAllInstancesEachWithItsOwn() {
        click(here, "V1");
        click(there, "V2");

        List<JsonNode> pushes = await(2, "");

        assertThat(pushes)
                .extracting(each -> each.path("instance").asText())
                .containsExactlyInAnyOrder("here-1", "there-2");
        assertThat(pushes).extracting(each -> each.path("key").asText()).containsExactlyInAnyOrder("V1", "V2");
        assertThat(pushes).extracting(each -> each.path("openid").asText()).containsOnly(TestPushPort.MASKED);
        assertThat(redis.command("XRANGE", STREAM, "-", "+")).contains("V2").doesNotContain(TestPushPort.OPEN_ID);
        assertThat(get("/api/v1/fleet/pushes").path("complete").asBoolean()).isTrue();
    }

    @Test
    void narrowsThemAsTheListOfOneInstance() {
        there.club.came(there.club.plain(TestPushPort.click("V1")), any -> Future.failedFuture("no"), Kind.FAILED, 1);
        click(there, "V2");
        click(here, "V3");
        await(3, "");

        assertThat(await(1, "?outcome=failed").get(0).path("key").asText()).isEqualTo("V1");
        assertThat(await(1, "?instance=here-1").get(0).path("key").asText()).isEqualTo("V3");
        await(2, "?instance=there-2");
        await(3, "?openid=" + TestPushPort.OPEN_ID);
        await(0, "?openid=oNobody0000000000000000000000");
        await(0, "?account=main");
        await(3, "?account=club&type=CLICK&at=2026-11-20+15:00:00");
        await(0, "?until=2026-11-20T06:59:59Z");
        await(2, "?limit=2");
        assertThat(admin("/api/v1/fleet/pushes?until=now").status()).isEqualTo(400);
    }

    @Test
    void fetchesADetailFromTheInstanceThatHasIt() {
        long id = click(there, "V1").id();
        String path = "/api/v1/fleet/pushes/there-2/" + id;

        JsonNode masked = get(path);
        JsonNode revealed = get(path + "?reveal=true");

        assertThat(masked.path("instance").asText()).isEqualTo("there-2");
        assertThat(masked.path("key").asText()).isEqualTo("V1");
        assertThat(masked.path("attempts")).hasSize(1);
        assertThat(masked.toString()).doesNotContain(TestPushPort.OPEN_ID);
        assertThat(revealed.path("raw").asText()).contains(TestPushPort.OPEN_ID);
        assertThat(get("/api/v1/fleet/pushes/here-1/" + click(here, "V2").id())
                        .path("key")
                        .asText())
                .isEqualTo("V2");
    }

    @Test
    void tellsWhatCannotBeFetched() {
        long id = click(there, "V1").id();

        assertThat(admin("/api/v1/fleet/pushes/there-2/1").status()).isEqualTo(410);
        assertThat(admin("/api/v1/fleet/pushes/there-2/9999999999999999").status())
                .isEqualTo(404);
        assertThat(admin("/api/v1/fleet/pushes/gone-3/" + id).status()).isEqualTo(410);
        assertThat(admin("/api/v1/fleet/pushes/gone-3/" + id).text()).contains("no instance gone-3 any more");
        assertThat(admin("/api/v1/fleet/pushes/there-2/x").status()).isEqualTo(404);
    }

    @Test
    void replaysAPushAtTheInstanceThatHasIt() throws Exception {
        long id = click(there, "V1").id();

        JsonNode replayed =
                admin.post("/api/v1/fleet/pushes/there-2/" + id + "/replay", "").json();

        assertThat(replayed.path("after").asText()).contains("now");
        assertThat(there.replayed).hasSize(1);
        assertThat(here.replayed).isEmpty();
    }

    @Test
    void failuresAreToldOfAllAndOthersSampled() {
        int failures = 150;
        int others = 400;
        for (int i = 0; i < others; i++) {
            click(there, "V" + i);
        }
        for (int i = 0; i < failures; i++) {
            there.club.came(
                    there.club.plain(TestPushPort.click("F" + i)), any -> Future.failedFuture("no"), Kind.FAILED, 1);
        }

        Await.until("all failures", () -> list("?outcome=failed&limit=1000").size() == failures);
        assertThat(list("?outcome=success&limit=1000").size()).isBetween(100, others - 100);
    }

    @Test
    void whoUnsubscribesIsForgotten(Vertx vertx) {
        click(there, "V1");
        click(here, "V2");
        await(2, "");
        Await.until("both lines", () -> redis.command("XLEN", STREAM).equals(":2\r\n"));

        there.observed(vertx, unsubscribe());

        Await.until("no line", () -> redis.command("XLEN", STREAM).equals(":0\r\n"));
    }

    @Test
    void linesOfAnotherReleaseAreReadAsFarAsPossible() {
        String known =
                "{\"id\":5,\"account\":\"club\",\"at\":\"2026-11-20T07:00:00.000Z\",\"type\":\"CLICK\",\"openid\":\"\","
                        + "\"key\":\"NEW\",\"outcome\":\"reply\",\"attempt\":1,\"encrypted\":false,\"micros\":1,\"from\":\"x\"}";
        redis.command("XADD", STREAM, "*", "v", "2", "i", "new-3", "s", "", "p", known, "more", "1");
        redis.command("XADD", STREAM, "*", "v", "2", "i", "new-3", "p", "not JSON");
        redis.command("XADD", STREAM, "*", "other", "1");

        assertThat(await(1, "").get(0).path("key").asText()).isEqualTo("NEW");
    }

    @Test
    void whileRedisIsAwayTheListIsThatOfThisInstance() {
        click(here, "V1");
        click(there, "V2");
        await(2, "");

        redis.kill();

        Await.until(
                "incomplete",
                () -> !get("/api/v1/fleet/pushes").path("complete").asBoolean());
        assertThat(list("")).hasSize(1);
        assertThat(admin("/api/v1/fleet/pushes/there-2/1").status()).isEqualTo(503);
    }

    @Test
    void theStreamIsShortLived() {
        click(there, "V1");

        Await.until(
                "a time to live",
                () -> Long.parseLong(redis.command("PTTL", STREAM).substring(1).strip()) > 0);
    }

    static Push unsubscribe() {
        TestPushPort port = new TestJournal().club;
        return port.answered(
                        port.plain(TestPushPort.push(
                                "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[unsubscribe]]></Event>")),
                        Reply.NONE)
                .received()
                .orElseThrow()
                .push();
    }

    private static JournalEntry click(TestJournal at, String key) {
        return at.club.answered(at.club.plain(TestPushPort.click(key)), Reply.NONE);
    }

    private List<JsonNode> await(int count, String query) {
        Await.until(count + " pushes of " + query, () -> list(query).size() == count);
        return list(query);
    }

    private List<JsonNode> list(String query) {
        List<JsonNode> pushes = new ArrayList<>();
        StreamSupport.stream(get("/api/v1/fleet/pushes" + query).path("pushes").spliterator(), false)
                .forEach(pushes::add);
        return pushes;
    }

    private JsonNode get(String path) {
        return admin(path).json();
    }

    private TestAdmin.Reply admin(String path) {
        try {
            return admin.get(path);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
