package io.weir.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.admin.TestAdmin;
import io.weir.dispatch.Backends;
import io.weir.dispatch.Outcome;
import io.weir.dispatch.Outcome.Kind;
import io.weir.dispatch.once.Row;
import io.weir.journal.TestPushPort.Request;
import io.weir.wechat.codec.Credentials;
import io.weir.wechat.codec.OpenedPush;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class PushDetailTest {
    private static final String SAID = "my secret wish";
    private static final String SCAN = TestPushPort.push("<MsgType>event</MsgType><Event>scancode_push</Event>"
            + "<EventKey>V3</EventKey><ScanCodeInfo><ScanType>qrcode</ScanType><ScanResult>a</ScanResult>"
            + "</ScanCodeInfo>");

    private TestAdmin admin;
    private TestJournal console;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        admin = TestAdmin.start(vertx, Optional.of(TestAdmin.TOKEN));
        console = admin.console;
    }

    @Test
    void showsAnEncryptedPushAsItCameAndDecrypted() throws Exception {
        Request request = console.main.sealed(TestPushPort.text(SAID));
        JournalEntry entry = console.main.answered(request, Reply.text("you said " + SAID));

        JsonNode shown = detail(entry, "?reveal=true");

        assertThat(shown.path("raw").asText()).isEqualTo(request.body());
        assertThat(shown.path("decrypted").asText()).isEqualTo(TestPushPort.text(SAID));
        assertThat(shown.at("/fields/Content").asText()).isEqualTo(SAID);
        assertThat(shown.at("/fields/FromUserName").asText()).isEqualTo(TestPushPort.OPEN_ID);
        assertThat(shown.path("reply").asText())
                .contains("\n  <Content>you said my secret wish</Content>\n", "<ToUserName>" + TestPushPort.OPEN_ID);
        assertThat(shown.path("query").toString())
                .contains(
                        "[\"openid\",\"" + TestPushPort.OPEN_ID + "\"]", "[\"encrypt_type\",\"aes\"]", "msg_signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?reveal=false"})
    void masksOpenidsAndTextsUntilAskedForThem(String query) throws Exception {
        List<JournalEntry> entries = List.of(
                console.main.answered(console.main.sealed(TestPushPort.text(SAID)), Reply.text("you said " + SAID)),
                console.club.answered(console.club.plain(TestPushPort.text(SAID)), Reply.text("you said " + SAID)),
                console.club.answered(
                        console.club.plain(TestPushPort.push("<MsgType>event</MsgType><Event>scancode_push</Event>"
                                + "<EventKey>V3</EventKey><ScanCodeInfo><ScanType>qrcode</ScanType><ScanResult>" + SAID
                                + "</ScanResult></ScanCodeInfo>")),
                        Reply.text(SAID)),
                console.club.answered(
                        console.club.plain(TestPushPort.push(
                                "<MsgType>event</MsgType><Event>brand_new</Event><What>" + SAID + "</What>")),
                        Reply.NONE),
                console.club.answered(
                        console.club.plain(TestPushPort.text(SAID)).with("signature=", "signature=0"), Reply.NONE),
                console.club.answered(
                        new Request(console.club.signed(), "<xml>" + SAID + TestPushPort.OPEN_ID), Reply.NONE),
                console.main.answered(console.main.sealed("<xml>" + SAID + TestPushPort.OPEN_ID), Reply.NONE));

        for (JournalEntry entry : entries) {
            String shown = detail(entry, query).toString();
            assertThat(shown).doesNotContain(SAID, TestPushPort.OPEN_ID, "wish");
        }
        JsonNode text = detail(entries.get(0), query);
        assertThat(text.at("/fields/FromUserName").asText()).isEqualTo(TestPushPort.MASKED);
        assertThat(text.at("/fields/Content").asText()).isEqualTo("•••");
        assertThat(text.path("decrypted").asText())
                .contains("<Content><![CDATA[•••]]></Content>", "<CreateTime><![CDATA[1731992001]]></CreateTime>");
        assertThat(text.path("reply").asText()).contains("<Content>•••</Content>", TestPushPort.MASKED);
        assertThat(text.path("query").toString()).contains("[\"openid\",\"oY7…2Wx4\"]");
    }

    @Test
    void hidesTheRuleThatATextIsNamedAfter() throws Exception {
        JournalEntry entry = console.main.answered(console.main.sealed(TestPushPort.text("hello")), Reply.NONE);

        assertThat(detail(entry, "").path("handler").asText()).isEqualTo("MessageHandler");
        assertThat(detail(entry, "").path("own").asBoolean()).isFalse();
        assertThat(detail(entry, "?reveal=true").path("handler").asText()).endsWith("text.hello");
    }

    @Test
    void tellsWhatBecameOfTheRequestToABackend() throws Exception {
        JournalEntry entry = console.main.answered(console.main.sealed(SCAN), Reply.NONE);
        String key = entry.pushId().orElseThrow().text();
        console.asked.put(key, new Backends.Asked("shop", "timeout", Optional.of("no answer"), Duration.ofSeconds(3)));

        JsonNode shown = detail(entry, "");

        assertThat(shown.path("backend").toString())
                .isEqualTo("{\"name\":\"shop\",\"outcome\":\"timeout\",\"error\":\"no answer\",\"micros\":3000000}");
        assertThat(shown.path("own").asBoolean()).isTrue();
        assertThat(shown.path("handler").asText()).endsWith("scancode_push.default");
    }

    @Test
    void hidesWhatAHandlerOfOnesOwnSays() throws Exception {
        JournalEntry entry = console.main.answered(
                console.main.sealed(TestPushPort.push(
                        "<MsgType>event</MsgType><Event>VIEW</Event><EventKey>https://example.com</EventKey>")),
                Reply.text("Hello Mr Wang"));

        JsonNode shown = detail(entry, "");

        assertThat(shown.path("reply").asText()).contains("<Content>•••</Content>");
        assertThat(shown.path("own").asBoolean()).isTrue();
        assertThat(detail(entry, "?reveal=true").path("reply").asText()).contains("Hello Mr Wang");
    }

    @Test
    void hidesAReplyThatCannotBeRead() {
        Push push = console.club
                .answered(console.club.plain(TestPushPort.click("V1")), Reply.NONE)
                .received()
                .orElseThrow()
                .push();

        assertThat(new ReplyView(push, false, false).text("<xml>for Mr Wang")).isEqualTo("•••");
        assertThat(new ReplyView(push, false, true).text("<xml>for Mr Wang")).isEqualTo("<xml>for Mr Wang");
        assertThat(new ReplyView(push, true, false).text("success")).isEqualTo("success");
    }

    @Test
    void showsTheBeginningOfSignatures() throws Exception {
        Request request = console.main.sealed(TestPushPort.click("V1"));
        String signature = request.query().replaceAll("^signature=([0-9a-f]+).*", "$1");
        String msgSignature = request.query().replaceAll(".*msg_signature=", "");
        JournalEntry entry = console.main.answered(request, Reply.NONE);

        assertThat(detail(entry, "").path("query").toString())
                .contains("\"" + signature.substring(0, 6) + "…\"", "\"" + msgSignature.substring(0, 6) + "…\"")
                .doesNotContain(signature, msgSignature);
        assertThat(detail(entry, "?reveal=true").path("query").toString()).contains(signature, msgSignature);
    }

    @Test
    void showsWhatIsAnsweredToATapButNotToWhom() throws Exception {
        JournalEntry entry = console.club.answered(
                console.club.plain(TestPushPort.click("V1")), Reply.text("one for " + TestPushPort.OPEN_ID));

        assertThat(detail(entry, "").path("reply").asText())
                .contains("<Content>one for " + TestPushPort.MASKED + "</Content>")
                .doesNotContain(TestPushPort.OPEN_ID);
    }

    @Test
    void neverShowsASecret() throws Exception {
        List<JournalEntry> entries = new ArrayList<>();
        entries.add(console.main.answered(console.main.sealed(TestPushPort.text(SAID)), Reply.text(SAID)));
        refused().forEach(arguments -> entries.add(refuse((String) arguments.get()[0])));
        for (JournalEntry entry : entries) {
            detail(entry, "?reveal=true");
            admin.post("/api/v1/pushes/" + entry.id() + "/replay?reveal=true", "");
        }
        admin.get("/api/v1/pushes");
        admin.get("/api/v1/answers");

        assertThat(admin.bodies())
                .hasSizeGreaterThan(10)
                .allSatisfy(body -> assertThat(body)
                        .doesNotContain(
                                "secretGreen1",
                                "pushTokenRed2",
                                TestAdmin.TOKEN.reveal(),
                                "zPlhWagvPdI09Fn8F7Z3xVswlb7QpkgUxl6jGmt43T0"));
    }

    @Test
    void neverShowsASignatureThatWouldHaveBeenRight() throws Exception {
        Request right = console.main.sealed(TestPushPort.click("V1"));
        String signature = right.query().replaceAll("^signature=([0-9a-f]+).*", "$1");
        String msgSignature = right.query().replaceAll(".*msg_signature=", "");
        JournalEntry first = console.main.answered(right.with(signature, "0".repeat(40)), Reply.NONE);
        JournalEntry second = console.main.answered(right.with(msgSignature, "1".repeat(40)), Reply.NONE);

        assertThat(detail(first, "?reveal=true").toString())
                .contains("0".repeat(40))
                .doesNotContain(signature);
        assertThat(detail(second, "?reveal=true").toString())
                .contains("1".repeat(40))
                .doesNotContain("=" + msgSignature, "\"" + msgSignature);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("query", ""),
                Arguments.of("timestamp", "query"),
                Arguments.of("signature", "query timestamp"),
                Arguments.of("mode", "query timestamp signature"),
                Arguments.of("xml", "query timestamp signature mode"),
                Arguments.of("encrypt", "query timestamp signature mode xml form"),
                Arguments.of("msg_signature", "query timestamp signature mode xml encrypt form"),
                Arguments.of("base64", "query timestamp signature mode xml encrypt msg_signature form"),
                Arguments.of("aes", "query timestamp signature mode xml encrypt msg_signature base64 form"),
                Arguments.of("padding", "query timestamp signature mode xml encrypt msg_signature base64 aes form"),
                Arguments.of(
                        "appid",
                        "query timestamp signature mode xml encrypt msg_signature base64 aes padding length form"),
                Arguments.of(
                        "form",
                        "query timestamp signature mode xml encrypt msg_signature base64 aes padding length appid"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void saysWhichCheckFailedAndWhichWereNotReached(String failed, String passed) throws Exception {
        JournalEntry entry = refuse(failed);

        JsonNode shown = detail(entry, "");

        assertThat(shown.path("refusal").asText()).isEqualTo(failed);
        assertThat(oks(shown, "false")).isEqualTo(failed);
        assertThat(oks(shown, "true")).isEqualTo(passed);
        assertThat(shown.has("reply")).isFalse();
        assertThat(shown.has("handler")).isFalse();
        assertThat(rules(shown).get(failed))
                .isEqualTo(entry.refusal().orElseThrow().getMessage());
    }

    @Test
    void saysThatTheEncryptedXmlIsBrokenAndNotTheOneAround() throws Exception {
        JournalEntry entry = console.main.answered(console.main.sealed("<xml><a></xml>"), Reply.NONE);

        JsonNode shown = detail(entry, "?reveal=true");

        assertThat(oks(shown, "false")).isEqualTo("xml");
        assertThat(oks(shown, "true")).contains("appid");
        assertThat(shown.path("decrypted").asText()).isEqualTo("<xml><a></xml>");
    }

    @Test
    void saysThatAllChecksWerePassed() throws Exception {
        JournalEntry sealed = console.main.answered(console.main.sealed(TestPushPort.click("V1")), Reply.NONE);
        JournalEntry plain = console.club.answered(console.club.plain(TestPushPort.click("V1")), Reply.NONE);

        assertThat(oks(detail(sealed, ""), "false")).isEmpty();
        assertThat(oks(detail(sealed, ""), "null")).isEmpty();
        assertThat(oks(detail(plain, ""), "true"))
                .isEqualTo("query timestamp signature mode xml form to_user_name replay");
        assertThat(oks(detail(console.club.verified(), ""), "true")).isEqualTo("query timestamp signature");
    }

    @Test
    void showsNothingDecryptedThatTheDoorDidNotDecrypt() throws Exception {
        assertThat(detail(refuse("msg_signature"), "?reveal=true").has("decrypted"))
                .isFalse();
        assertThat(detail(refuse("timestamp"), "?reveal=true").has("decrypted")).isFalse();
    }

    @Test
    void showsTheWayThroughTheCorridor() throws Exception {
        JournalEntry handled = console.club.answered(console.club.plain(TestPushPort.click("V1")), Reply.text("one"));
        JournalEntry joined = console.club.came(
                console.club.plain(TestPushPort.click("V1")),
                delivery -> Future.succeededFuture(Reply.NONE),
                Kind.JOINED,
                2);

        assertThat(detail(handled, "").path("steps").findValuesAsText("name"))
                .containsExactly("received", "opened", "claimed", "handled", "answered");
        assertThat(detail(handled, "").path("steps").findValues("micros").stream()
                        .map(JsonNode::asLong))
                .isSorted()
                .first()
                .isEqualTo(0L);
        assertThat(detail(joined, "").path("steps").findValuesAsText("name"))
                .containsExactly("received", "opened", "answered");
        assertThat(detail(joined, "").path("way").asText()).isEqualTo("joined");
    }

    @Test
    void revealsTheSummaryAndWhereTheRequestWasSent() throws Exception {
        Request request = console.main.sealed(TestPushPort.text(SAID));
        JournalEntry entry = console.main.answered(request, Reply.NONE);

        JsonNode shown = detail(entry, "?reveal=true");

        assertThat(shown.path("openid").asText()).isEqualTo(TestPushPort.OPEN_ID);
        assertThat(shown.path("key").asText()).isEqualTo(SAID);
        assertThat(shown.path("url").asText()).isEqualTo("http://127.0.0.1:8080/wx/main?" + request.query());
        assertThat(detail(entry, "").path("openid").asText()).isEqualTo(TestPushPort.MASKED);
        assertThat(detail(entry, "").has("url")).isFalse();
    }

    @Test
    void aRunThatAnEarlierAttemptHadStartedHasNoStepBeforeThisOneCame() throws Exception {
        JournalEntry second = console.main.came(
                console.main.sealed(TestPushPort.click("V1")),
                attempt -> Future.succeededFuture(new Outcome(
                        Kind.REPLY,
                        false,
                        Optional.of("<xml/>"),
                        Reply.NONE,
                        2,
                        attempt.arrivedNanos() - 4_700_000_000L,
                        System.nanoTime(),
                        null)));

        JsonNode steps = detail(second, "").path("steps");

        assertThat(steps.findValuesAsText("name")).containsExactly("received", "opened", "handled", "answered");
        assertThat(steps.findValues("micros")).allMatch(micros -> micros.asLong() >= 0);
    }

    @Test
    void tellsHowTheHandlerFailedAndItsWordsToWhomTheyAreRevealed() throws Exception {
        JournalEntry entry = console.main.came(
                console.main.sealed(TestPushPort.text(SAID)),
                delivery -> Future.failedFuture(new IllegalStateException("no stock for " + SAID)),
                Kind.FAILED,
                1);

        assertThat(detail(entry, "").path("failure")).isEqualTo(TestAdmin.parse("""
                        {"type": "java.lang.IllegalStateException", "message": "•••", "logged": false}"""));
        assertThat(detail(entry, "?reveal=true").at("/failure/message").asText())
                .isEqualTo("no stock for " + SAID);
    }

    @Test
    void tellsWhatBecameOfALateReply() throws Exception {
        JournalEntry entry = console.main.came(
                console.main.sealed(TestPushPort.text(SAID)),
                delivery -> Future.succeededFuture(Reply.NONE),
                Kind.LATE,
                1);
        assertThat(detail(entry, "").has("lateReply")).isFalse();

        console.lateReplies.put(entry.pushId().orElseThrow(), "used_up");

        assertThat(detail(entry, "").path("lateReply").asText()).isEqualTo("used_up");
    }

    @Test
    void showsTheAttemptsHereAndTheFirstElsewhere() throws Exception {
        Request request = console.main.sealed(TestPushPort.text(SAID));
        JournalEntry here = console.main.answered(request, Reply.NONE);
        OpenedPush received = here.received().orElseThrow();
        long first = console.clock.millis() - 5_000;
        console.store.claim(received.id(), received.key(), new Row.Running("other", 0, first));

        JsonNode attempts = detail(here, "").path("attempts");

        assertThat(attempts.findValuesAsText("instance")).containsExactlyInAnyOrder("own", "other");
        assertThat(attempts.get(0).path("offsetMillis").asLong()).isZero();
        assertThat(attempts.findValuesAsText("way")).containsExactly("handled");
        assertThat(attempts.findValuesAsText("at"))
                .allSatisfy(at -> assertThat(at).startsWith("2026-11-20T0"));
    }

    @Test
    void knowsItsOwnAttemptsWhenTheStoreHasForgotten() throws Exception {
        Request request = console.club.plain(TestPushPort.click("V1"));
        JournalEntry first = console.club.answered(request, Reply.NONE);
        JournalEntry second =
                console.club.came(request, delivery -> Future.succeededFuture(Reply.NONE), Kind.STORED, 2);

        JsonNode attempts = detail(second, "").path("attempts");

        assertThat(attempts.findValues("id").stream().map(JsonNode::asLong)).containsExactly(first.id(), second.id());
        assertThat(attempts.findValuesAsText("way")).containsExactly("handled", "stored");
    }

    @Test
    void namesTheRuleThatAnswersItNow() throws Exception {
        assertThat(handler("V1")).endsWith("CLICK.V1");
        assertThat(handler("unknown")).endsWith("CLICK.default");
        JournalEntry view = console.main.answered(
                console.main.sealed(TestPushPort.push(
                        "<MsgType>event</MsgType><Event>VIEW</Event><EventKey>https://example.com</EventKey>")),
                Reply.NONE);
        assertThat(detail(view, "").path("handler").asText()).isEqualTo("com.example.Own");
        JournalEntry club = console.club.answered(console.club.plain(TestPushPort.click("V1")), Reply.NONE);
        assertThat(detail(club, "").path("handler").asText()).isEqualTo("ClickHandler");
    }

    private String handler(String key) throws Exception {
        JournalEntry entry = console.main.answered(console.main.sealed(TestPushPort.click(key)), Reply.NONE);
        return detail(entry, "").path("handler").asText();
    }

    @Test
    void saysWhatIsGoneAndWhatNeverWas() throws Exception {
        JournalEntry first = console.club.verified();
        for (int i = 0; i < 1_000; i++) {
            console.club.verified();
        }

        assertThat(admin.get("/api/v1/pushes/" + first.id()).status()).isEqualTo(410);
        assertThat(admin.get("/api/v1/pushes/" + (first.id() + 5_000)).status()).isEqualTo(404);
        assertThat(admin.get("/api/v1/pushes/abc").status()).isEqualTo(404);
        assertThat(admin.get("/api/v1/pushes/" + (first.id() + 1) + "?reveal=yes")
                        .status())
                .isEqualTo(400);
        assertThat(admin.get("/api/v1/pushes/" + (first.id() + 1) + "?show=true")
                        .status())
                .isEqualTo(400);
    }

    private JournalEntry refuse(String cause) {
        Credentials account = TestAdmin.ACCOUNTS.get(0).credentials();
        Request good = console.main.sealed(TestPushPort.click("V1"));
        String otherKey = Base64.getEncoder().encodeToString(new byte[64]);
        return console.main.answered(
                switch (cause) {
                    case "query" -> good.with("nonce=", "nonsense=");
                    case "timestamp" -> good.with("timestamp=", "timestamp=9");
                    case "signature" -> good.with("signature=", "signature=0");
                    case "mode" -> good.with("&encrypt_type=aes", "");
                    case "xml" -> broken(good, "<xml>");
                    case "encrypt" -> broken(good, "<xml><ToUserName>gh_1</ToUserName></xml>");
                    case "msg_signature" -> good.with("msg_signature=", "msg_signature=0");
                    case "base64" -> console.main.enveloped("no Base64!");
                    case "aes" -> console.main.enveloped("AAAA");
                    case "padding" -> console.main.enveloped(otherKey);
                    case "appid" -> console.main.sealed(TestPushPort.click("V1"), "wx" + account.account());
                    case "form" -> console.main.sealed("<html/>");
                    default -> throw new AssertionError(cause);
                },
                Reply.NONE);
    }

    private static Request broken(Request request, String body) {
        return new Request(request.query(), body);
    }

    private static String oks(JsonNode shown, String which) {
        List<String> names = new ArrayList<>();
        shown.path("checks").forEach(check -> {
            if (check.path("ok").asText("null").equals(which)) {
                names.add(check.path("name").asText());
            }
        });
        return String.join(" ", names);
    }

    private static Map<String, String> rules(JsonNode shown) {
        Map<String, String> rules = new TreeMap<>();
        shown.path("checks")
                .forEach(check -> rules.put(
                        check.path("name").asText(), check.path("rule").asText()));
        return rules;
    }

    private JsonNode detail(JournalEntry entry, String query) throws Exception {
        TestAdmin.Reply reply = admin.get("/api/v1/pushes/" + entry.id() + query);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }
}
