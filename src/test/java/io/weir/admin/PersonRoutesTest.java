package io.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.config.Problems;
import io.weir.config.Section;
import io.weir.dispatch.Outcome.Kind;
import io.weir.dispatch.once.PushesInProgress.LateMessage;
import io.weir.journal.JournalEntry;
import io.weir.journal.TestJournal;
import io.weir.journal.TestPushPort;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.Reply.Article;
import io.weir.wechat.message.Reply.News;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is told of one person: of pushes in memory, and by the simulated WeChat. */
@ExtendWith(VertxExtension.class)
class PersonRoutesTest {
    private static final String PEOPLE = "/api/v1/accounts/main/people/";
    private static final String ALICE = PEOPLE + TestPushPort.OPEN_ID;
    private static final String FOLLOWER = "oAlice0123456789abcdefghijkl";

    private WeChatAdmin shop;
    private TestJournal journal;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        shop = new WeChatAdmin(vertx);
        journal = shop.admin.console;
    }

    @Test
    void tellsWhatAPersonSentAndSawTheOldestFirst() throws Exception {
        answered(TestPushPort.click("V1"), Reply.text("one {as it stands}"));
        journal.clock.pass(Duration.ofSeconds(1));
        answered(TestPushPort.text("my secret"), Reply.text("you said my secret"));

        JsonNode masked = get(ALICE);
        JsonNode revealed = get(ALICE + "?reveal=true");

        assertThat(masked.path("openid").asText()).isEqualTo(TestPushPort.MASKED);
        assertThat(masked.path("pushes").findValuesAsText("type")).containsExactly("CLICK", "text");
        assertThat(masked.at("/pushes/0/reply/text").asText()).isEqualTo("one {as it stands}");
        assertThat(masked.at("/pushes/0/instance").asText()).isEqualTo("alone-1");
        assertThat(masked.at("/pushes/1/fields/Content").asText()).isEqualTo("•••");
        assertThat(masked.at("/pushes/1/reply/text").asText()).isEqualTo("•••");
        assertThat(masked.toString()).doesNotContain("secret", TestPushPort.OPEN_ID);
        assertThat(masked.path("complete").asBoolean()).isTrue();
        assertThat(masked.path("since").asText()).isEqualTo("2026-11-20T07:00:00.000Z");
        assertThat(revealed.path("openid").asText()).isEqualTo(TestPushPort.OPEN_ID);
        assertThat(revealed.at("/pushes/1/fields/Content").asText()).isEqualTo("my secret");
        assertThat(revealed.at("/pushes/1/reply/text").asText()).isEqualTo("you said my secret");
    }

    @Test
    void leavesOutWhatOthersSentOtherAccountsAndReplays() throws Exception {
        JournalEntry click = answered(TestPushPort.click("V1"), Reply.NONE);
        answered(TestPushPort.click("V2").replace(TestPushPort.OPEN_ID, FOLLOWER), Reply.NONE);
        journal.club.answered(journal.club.plain(TestPushPort.click("V3")), Reply.NONE);
        shop.admin.post("/api/v1/pushes/" + click.id() + "/replay", "");

        assertThat(get(ALICE).path("pushes").findValuesAsText("key")).containsExactly("V1");
    }

    @Test
    void aPersonIsNamedWithoutTheOpenId() throws Exception {
        JournalEntry click = answered(TestPushPort.click("V1"), Reply.NONE);
        String person = get("/api/v1/pushes/" + click.id()).path("person").asText();

        JsonNode told = get(PEOPLE + person);

        assertThat(told.path("person").asText()).isEqualTo(person);
        assertThat(told.path("openid").asText()).isEqualTo(TestPushPort.MASKED);
        assertThat(told.path("pushes")).hasSize(1);
        assertThat(get("/api/v1/fleet/pushes?account=main&openid=" + person).path("pushes"))
                .hasSize(1);
        assertThat(get("/api/v1/fleet/pushes?account=main&openid=AAAAAAAAAAAA").path("pushes"))
                .isEmpty();
        assertThat(shop.admin.get(PEOPLE + "oY7%E2%80%A62Wx4").status()).isEqualTo(400);
    }

    @Test
    void ofSomebodyUnknownNothingIsHeld() throws Exception {
        JsonNode told = get(PEOPLE + FOLLOWER);

        assertThat(told.path("pushes")).isEmpty();
        assertThat(told.path("openid").asText()).isEqualTo("oAl…ijkl");
        assertThat(told.at("/window/state").asText()).isEqualTo("unknown");
        assertThat(shop.admin.get("/api/v1/accounts/nobody/people/" + FOLLOWER).status())
                .isEqualTo(404);
    }

    @Test
    void isBounded() throws Exception {
        for (int i = 0; i < 230; i++) {
            answered(TestPushPort.click("V" + i), Reply.NONE);
            journal.clock.pass(Duration.ofMillis(20));
        }

        assertThat(get(ALICE).path("pushes")).hasSize(100);
        assertThat(get(ALICE).path("more").asBoolean()).isTrue();
        assertThat(get(ALICE + "?limit=1").path("pushes").findValuesAsText("key"))
                .containsExactly("V229");
        assertThat(get(ALICE + "?limit=200").path("pushes")).hasSize(200);
        for (String limit : List.of("0", "201", "x")) {
            assertThat(shop.admin.get(ALICE + "?limit=" + limit).status()).isEqualTo(400);
        }
        assertThat(shop.admin.get(ALICE + "?reveal=maybe").status()).isEqualTo(400);
        assertThat(shop.admin.get(ALICE + "?wechat=true").status()).isEqualTo(400);
    }

    @Test
    void theWindowBeginsWithTheLastInteractionThatOpensOne() throws Exception {
        at(TestPushPort.text("first"), "2026-11-20T06:50:00Z");
        at(TestPushPort.text("last"), "2026-11-20T06:59:30Z");
        at(TestPushPort.click("V1"), "2026-11-20T06:59:50Z");
        at(view(), "2026-11-20T06:59:55Z");

        JsonNode window = get(ALICE).path("window");

        assertThat(window.path("state").asText()).isEqualTo("open");
        assertThat(window.path("opened"))
                .hasToString("[{\"by\":\"message\",\"at\":\"2026-11-20T06:59:30Z\",\"until\":\"2026-11-22T06:59:30Z\","
                        + "\"messages\":5,\"sent\":0},"
                        + "{\"by\":\"menu\",\"at\":\"2026-11-20T06:59:50Z\",\"until\":\"2026-11-20T07:00:50Z\","
                        + "\"messages\":3,\"sent\":0}]");
    }

    @Test
    void aWindowIsKnownToBeClosedOnlyWhereAllThatCouldHaveOpenedOneIsHeld() throws Exception {
        at(TestPushPort.click("V1"), "2026-11-20T06:58:00Z");

        assertThat(get(ALICE).at("/window/state").asText()).isEqualTo("unknown");
        journal.clock.pass(Duration.ofHours(49));
        assertThat(get(ALICE).at("/window/state").asText()).isEqualTo("closed");
        at(TestPushPort.text("again"), "2026-11-22T08:00:00Z");
        assertThat(get(ALICE).at("/window/state").asText()).isEqualTo("open");
        journal.clock.pass(Duration.ofSeconds(1));
        at(unsubscribe(), "2026-11-22T08:00:00Z");
        assertThat(get(ALICE).at("/window/state").asText()).isEqualTo("left");
        journal.clock.pass(Duration.ofSeconds(1));
        at(subscribe(), "2026-11-22T08:00:00Z");
        assertThat(get(ALICE).at("/window/state").asText()).isEqualTo("open");
    }

    @Test
    void showsFailuresAndWhatWentOutAfterwards() throws Exception {
        journal.main.came(
                journal.main.sealed(TestPushPort.click("V1")),
                any -> Future.failedFuture(new IllegalStateException("out of stock")),
                Kind.FAILED,
                1);
        journal.clock.pass(Duration.ofSeconds(1));
        JournalEntry late = journal.main.came(
                journal.main.sealed(TestPushPort.text("slow").replace("1731992001", "1795158000")),
                any -> Future.failedFuture("none"),
                Kind.LATE,
                1);
        Article card = new Article("Title", "", "", "https://www.example.com/1");
        journal.lateReplies.put(late.pushId().orElseThrow(), "sent");
        journal.lateMessages.put(
                late.pushId().orElseThrow(),
                new LateMessage(new News(List.of(card, card)), Instant.parse("2026-11-20T07:00:09.5Z")));

        JsonNode told = get(ALICE + "?reveal=true");

        assertThat(told.at("/pushes/0/failure/type").asText()).endsWith("IllegalStateException");
        assertThat(told.at("/pushes/0/reply").isMissingNode()).isTrue();
        assertThat(told.at("/pushes/1/lateReply").asText()).isEqualTo("sent");
        assertThat(told.at("/pushes/1/late"))
                .hasToString("{\"at\":\"2026-11-20T07:00:09.500Z\",\"reply\":{\"news\":[{\"title\":\"Title\","
                        + "\"description\":\"\",\"url\":\"https://www.example.com/1\"}]}}");
        assertThat(told.at("/window/opened/0/sent").asInt()).isEqualTo(1);
    }

    @Test
    void tellsNothingOfTextsToThoseWhoMayOnlyRead(Vertx vertx) throws Exception {
        AdminConfig config = AdminConfig.read(Section.parse(
                        "weir.yaml",
                        "admin: { port: 0, token: operator-1, tokens: { anna: { secret: anna-1, may: viewer } } }",
                        new Problems()))
                .orElseThrow();
        TestAdmin admin = TestAdmin.start(vertx, config);
        String[] anna = {"Authorization", "Bearer anna-1"};

        assertThat(admin.send("GET", ALICE, "").status()).isEqualTo(401);
        assertThat(admin.send("GET", ALICE, "", anna).status()).isEqualTo(200);
        assertThat(admin.send("GET", ALICE + "?reveal=true", "", anna).status()).isEqualTo(403);
        assertThat(admin.get("/api/v1/audit").status()).isEqualTo(401);
        assertThat(admin.send("GET", "/api/v1/audit", "", "Authorization", "Bearer operator-1")
                        .json()
                        .at("/entries/0/what")
                        .asText())
                .isEqualTo("GET /api/v1/accounts/main/people/…");
        // Nobody is there that WeChat's calls would reach.
        assertThat(admin.send("GET", ALICE + "/tags", "", anna).status()).isIn(502, 504);
        assertThat(admin.send("GET", ALICE + "/menu", "", anna).status()).isIn(502, 504);
    }

    @Test
    void asksWeChatForTagsAndMenuOnlyWhenItIsToldTo() throws Exception {
        int tag = shop.tag("会员");
        shop.put(WeChatAdmin.menu(WeChatAdmin.HOME));
        shop.add(WeChatAdmin.NEWS, tag);
        JournalEntry click =
                answered(TestPushPort.click("V1").replace(TestPushPort.OPEN_ID, shop.follower(tag)), Reply.NONE);
        String person = get("/api/v1/pushes/" + click.id()).path("person").asText();

        get(PEOPLE + person);
        assertThat(shop.calls("trymatch")).isZero();
        JsonNode menu = get(PEOPLE + person + "/menu");
        JsonNode tags = get(PEOPLE + person + "/tags");

        assertThat(tags).hasToString("{\"tags\":[{\"id\":\"" + tag + "\",\"name\":\"会员\"}]}");
        assertThat(menu.at("/trymatch/button/0/name").asText()).isEqualTo("今日🎉");
        assertThat(menu.path("same").asBoolean()).isTrue();
        assertThat(get(PEOPLE + FOLLOWER + "/tags")).isEqualTo(tags);
    }

    @Test
    void tellsWhatWeChatRefuses() throws Exception {
        shop.put(WeChatAdmin.menu(WeChatAdmin.HOME));

        TestAdmin.Reply menu = shop.admin.get(ALICE + "/menu");

        assertThat(menu.status()).isEqualTo(502);
        assertThat(menu.json().path("errcode").asInt()).isPositive();
        assertThat(menu.json().path("meaningZh").asText()).isNotEmpty();
        assertThat(shop.admin.get(PEOPLE + "AAAAAAAAAAAA/tags").status()).isEqualTo(404);
        assertThat(shop.admin.get(PEOPLE + "AAAAAAAAAAAA/menu").status()).isEqualTo(404);
    }

    private JournalEntry answered(String xml, Reply reply) {
        return journal.main.answered(journal.main.sealed(xml), reply);
    }

    private void at(String xml, String time) {
        answered(xml.replace("1731992001", Long.toString(Instant.parse(time).getEpochSecond())), Reply.NONE);
    }

    private static String view() {
        return TestPushPort.push(
                "<MsgType>event</MsgType><Event>VIEW</Event><EventKey>https://www.example.com/</EventKey>");
    }

    private static String subscribe() {
        return unsubscribe().replace("unsubscribe", "subscribe");
    }

    private static String unsubscribe() {
        return TestPushPort.push("<MsgType>event</MsgType><Event>unsubscribe</Event>");
    }

    private JsonNode get(String path) throws Exception {
        TestAdmin.Reply reply = shop.admin.get(path);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }
}
