package io.weir.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import io.weir.admin.TestAdmin;
import io.weir.dispatch.Outcome.Kind;
import io.weir.dispatch.RawRequest;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.Right;
import io.weir.journal.TestPushPort.Request;
import io.weir.redis.Await;
import io.weir.wechat.message.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class PushListTest {
    private TestAdmin admin;
    private TestJournal console;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        admin = TestAdmin.start(vertx, Optional.of(TestAdmin.TOKEN));
        console = admin.console;
    }

    @Test
    void tellsOfAPushInOneLine() throws Exception {
        JournalEntry entry = console.main.answered(console.main.sealed(TestPushPort.click("V1")), Reply.text("one"));

        JsonNode push = list("").get(0);

        assertThat(push.path("micros").asLong()).isGreaterThanOrEqualTo(0);
        assertThat(push.path("at").asText()).matches("2026-11-20T0[67]:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(push.path("pushId").asText()).hasSize(22);
        ((ObjectNode) push).remove(List.of("micros", "at", "pushId"));
        assertThat(push).isEqualTo(TestAdmin.parse("""
                        {"id": %d, "account": "main", "type": "CLICK", "openid": "oY7…2Wx4", "key": "V1", "outcome": "reply",
                        "attempt": 1, "way": "handled", "encrypted": true, "from": "203.0.113.7:40312"}""".formatted(entry.id())));
    }

    @Test
    void masksWhatUsersWriteAndWhoTheyAre() throws Exception {
        console.club.answered(console.club.plain(TestPushPort.text("my secret")), Reply.NONE);
        console.club.answered(
                console.club.plain(TestPushPort.push("<MsgType>event</MsgType><Event>brand_new</Event>" + "<EventKey>"
                        + TestPushPort.OPEN_ID + "</EventKey>")),
                Reply.NONE);
        console.club.answered(console.club.plain(TestPushPort.click(TestPushPort.OPEN_ID)), Reply.NONE);

        TestAdmin.Reply reply = admin.get("/api/v1/pushes");

        assertThat(reply.text()).doesNotContain("my secret", TestPushPort.OPEN_ID);
        assertThat(reply.json().path("pushes").findValuesAsText("key")).containsExactly(TestPushPort.MASKED, "", "•••");
        assertThat(reply.json().path("pushes").findValuesAsText("type")).containsExactly("CLICK", "brand_new", "text");
    }

    @Test
    void callsAPushWithoutMsgTypeUnknown() throws Exception {
        console.club.answered(console.club.plain(TestPushPort.push("<Note>x</Note>")), Reply.NONE);

        assertThat(list("?type=unknown").get(0).path("type").asText()).isEqualTo("unknown");
    }

    @Test
    void listsRefusedRequestsAndVerificationsAsWell() throws Exception {
        Request request = console.club.plain(TestPushPort.click("V1"));
        console.club.answered(request.with("signature=", "signature=0"), Reply.NONE);
        console.club.verified();

        JsonNode pushes = list("");

        assertThat(pushes.get(0).path("outcome").asText()).isEqualTo("verified");
        assertThat(pushes.get(1).path("outcome").asText()).isEqualTo("refused");
        assertThat(pushes.get(1).path("refusal").asText()).isEqualTo("signature");
        assertThat(pushes.get(1).path("type").asText()).isEmpty();
        assertThat(pushes.get(1).path("attempt").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "account=club, 3",
        "account=main, 1",
        "account=nobody, 0",
        "type=CLICK, 2",
        "type=click, 2",
        "type=text, 1",
        "outcome=reply, 2",
        "outcome=repeat, 1",
        "outcome=refused, 1",
        "outcome=late, 0",
        "openid=oY7hTs2Jk9Lm4Np6Qr8St0Uv2Wx4, 3",
        "openid=oY7…2Wx4, 3",
        "openid=Jk9Lm, 3",
        "openid=oY, 0",
        "text=v1, 2",
        "text=HELL, 1",
        "text=23728327895123456, 1",
        "text=nothing, 0",
        "type=CLICK&outcome=repeat, 1",
        "account=&type=&outcome=&openid=&at=&before=&limit=, 4",
        "at=2026-11-20%2015:00:30, 4",
        "at=2026-11-20T15:00:30, 4",
        "at=20261120150000, 4",
        "at=1795158000, 4",
        "at=1795158120, 0",
        "at=20261120070000, 0",
        "limit=2, 2"
    })
    void showsWhatIsAskedFor(String query, int count) throws Exception {
        Reply answer = Reply.text("answer");
        Request click = console.club.plain(TestPushPort.click("V1"));
        console.club.answered(click, answer);
        console.club.came(click, delivery -> Future.succeededFuture(answer), Kind.JOINED, 2);
        console.club.answered(click.with("nonce=", "nonce=1"), answer);
        console.main.answered(console.main.sealed(TestPushPort.text("hello")), answer);

        assertThat(list("?" + query.replace("…", "%E2%80%A6"))).hasSize(count);
    }

    @Test
    void whoMayNotRevealCannotFindOutWhatIsMasked() {
        JournalEntry entry = console.main.answered(console.main.sealed(TestPushPort.text("my secret")), Reply.NONE);

        assertThat(filter("openid", "Jk9Lm", Right.READ).matches(entry)).isFalse();
        assertThat(filter("text", "secret", Right.READ).matches(entry)).isFalse();
        assertThat(filter("openid", TestPushPort.MASKED, Right.READ).matches(entry))
                .isTrue();
        assertThat(filter("openid", TestPushPort.OPEN_ID, Right.READ).matches(entry))
                .isTrue();
        assertThat(filter("text", "23728327895123456", Right.READ).matches(entry))
                .isTrue();
        assertThat(filter("text", "secret", Right.REVEAL).matches(entry)).isTrue();
    }

    private static PushFilter filter(String name, String value, Right right) {
        return PushFilter.of(new ApiRequest(
                Map.of(),
                MultiMap.caseInsensitiveMultiMap().add(name, value),
                MultiMap.caseInsensitiveMultiMap(),
                Buffer.buffer(),
                Optional.empty(),
                false,
                Optional.of(Set.of(right)),
                Optional.empty(),
                "127.0.0.1"));
    }

    @Test
    void findsAPushByTheIdentityThatTheLogHas() throws Exception {
        Request click = console.club.plain(TestPushPort.click("V1"));
        console.club.answered(click, Reply.NONE);
        console.club.came(click, delivery -> Future.succeededFuture(Reply.NONE), Kind.JOINED, 2);
        console.main.answered(console.main.sealed(TestPushPort.text("hello")), Reply.NONE);
        String id = list("").get(1).path("pushId").asText();

        assertThat(id).hasSize(22);
        assertThat(list("?pushId=" + id))
                .hasSize(2)
                .allSatisfy(push -> assertThat(push.path("pushId").asText()).isEqualTo(id));
        assertThat(list("?pushId=" + id.substring(1))).isEmpty();
    }

    @Test
    void findsATimeOfAnAlarmToTheMinute() throws Exception {
        console.club.verified();
        long seconds = console.clock.instant().getEpochSecond();
        console.clock.pass(Duration.ofMinutes(5));
        console.club.verified();

        assertThat(list("?at=" + (seconds + 59))).hasSize(1);
        assertThat(list("?at=" + (seconds + 61))).isEmpty();
        assertThat(list("?at=" + (seconds + 5 * 60))).hasSize(1);
    }

    @Test
    void goesBackPageByPage() throws Exception {
        List<Long> ids = Stream.generate(console.club::verified)
                .limit(120)
                .map(JournalEntry::id)
                .toList();

        JsonNode first = list("");
        JsonNode second = list("?before=" + ids.get(70));

        assertThat(first).hasSize(50);
        assertThat(first.get(0).path("id").asLong()).isEqualTo(ids.get(119));
        assertThat(second.get(0).path("id").asLong()).isEqualTo(ids.get(69));
        assertThat(list("?limit=1000")).hasSize(120);
    }

    @Test
    void thoseOfAFleetAreInTheOrderOfTheirArrival() throws Exception {
        JournalEntry first = console.club.verified();
        JournalEntry quick = console.club.answered(console.club.plain(TestPushPort.click("V1")), Reply.NONE);
        RawRequest came = console.club.raw(console.club.plain(TestPushPort.click("SLOW")));
        RawRequest slow = new RawRequest(
                came.account(), came.query(), came.body(), came.peer(), came.beganNanos() - 4_000_000_000L);
        Await.result(console.club.pipeline.answer(console.club.attempt(slow)));

        JsonNode page = admin.get("/api/v1/fleet/pushes?limit=2").json().path("pushes");
        String until = page.get(1).path("at").asText();
        JsonNode older = admin.get("/api/v1/fleet/pushes?until=" + until).json().path("pushes");

        assertThat(page.findValues("id").stream().map(JsonNode::asLong))
                .containsExactlyInAnyOrder(quick.id(), first.id());
        assertThat(older.get(older.size() - 1).path("key").asText()).isEqualTo("SLOW");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=1001",
                "limit=x",
                "before=-1",
                "outcome=gone",
                "at=yesterday",
                "at=2026-13-20%2015:04:05",
                "at=17636500001",
                "nobody=1",
                "type=a&type=b"
            })
    void saysWhatItDoesNotUnderstand(String query) throws Exception {
        TestAdmin.Reply reply = admin.get("/api/v1/pushes?" + query);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("detail").asText()).contains(query.replaceFirst("=.*", ""));
    }

    @Test
    void isOnlyForOperators() throws Exception {
        assertThat(admin.send("GET", "/api/v1/pushes", "").status()).isEqualTo(401);
        assertThat(admin.send("GET", "/api/v1/pushes/1", "").status()).isEqualTo(401);
        assertThat(admin.send("POST", "/api/v1/pushes/1/replay", "").status()).isEqualTo(401);
        assertThat(admin.send("GET", "/api/v1/pushes/live", "").status()).isEqualTo(401);
        assertThat(admin.send("GET", "/api/v1/answers", "").status()).isEqualTo(401);
    }

    private JsonNode list(String query) throws Exception {
        TestAdmin.Reply reply = admin.get("/api/v1/pushes" + query);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().path("pushes");
    }
}
