package io.weir.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.weir.OperatedGateway;
import io.weir.plugin.Handler;
import io.weir.simulator.people.Person;
import io.weir.simulator.push.PushMode;
import io.weir.wechat.message.Message;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator in front of the list of pushes. */
class ConsolePushesBrowserIT {
    private static final Counting HANDLER = new Counting();

    @RegisterExtension
    static final OperatedGateway GATEWAY =
            OperatedGateway.open("""
            CLICK: { V1001_SUNCK: { text: "sunck is a good man" } }
            """).handler(HANDLER).mode(PushMode.SAFE);

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    /** Answers each text with the number of texts so far; fails at some, and is slow with some. */
    private static final class Counting implements Handler<Message.Text> {
        private final AtomicInteger texts = new AtomicInteger();
        private final Promise<Reply> slow = Promise.promise();

        @Override
        public PushType<Message.Text> type() {
            return PushType.TEXT;
        }

        @Override
        public Future<Reply> handle(Message.Text text) {
            if (text.content().equals("fail")) {
                return Future.failedFuture(new IllegalStateException("out of stock"));
            }
            if (text.content().equals("slow")) {
                return slow.future();
            }
            return Future.succeededFuture(Reply.text("text " + texts.incrementAndGet()));
        }

        @Override
        public boolean nonBlocking() {
            return true;
        }
    }

    @Test
    void aPushAppearsAsItArrives() {
        ConsoleOnScreen console = open().live();
        int before = console.count();

        GATEWAY.person("alice").taps("V1001_SUNCK");

        console.has(before + 1);
        assertThat(console.rows().first()).containsText("CLICK");
        assertThat(console.rows().first()).containsText("V1001_SUNCK");
        assertThat(console.rows().first()).hasAttribute("data-outcome", "reply");
    }

    @Test
    void theListIsNarrowedByAnAddressThatCanBeShared() {
        Person alice = GATEWAY.person("alice");
        alice.taps("V1001_SUNCK");
        HandMadePush.now().sendForged(GATEWAY.pushUrl(), "<xml/>");
        ConsoleOnScreen console = open().live();

        console.page().locator(".filters [name='outcome']").selectOption("refused");

        assertThat(console.rows("refused").first()).isVisible();
        assertThat(console.rows("reply")).hasCount(0);
        assertThat(console.page()).hasURL(Pattern.compile("#pushes\\?outcome=refused$"));
        ConsoleOnScreen shared =
                new ConsoleOnScreen(CHROMIUM.open(URI.create(console.page().url()), Look.DESK)).live();
        assertThat(shared.rows("refused").first()).isVisible();
        int refused = shared.count();
        alice.taps("V1001_SUNCK");
        HandMadePush.now().sendForged(GATEWAY.pushUrl(), "<xml/>");
        shared.has(refused + 1);
        console.has(refused + 1);
        assertThat(shared.rows("reply")).hasCount(0);
    }

    @Test
    void anOpenIdIsFoundAndShownMasked() {
        Person alice = GATEWAY.person("alice");
        alice.taps("V1001_SUNCK");
        GATEWAY.person("bob").taps("V1001_SUNCK");
        ConsoleOnScreen console = open().live();

        console.filter("openid", alice.openid());
        assertThat(console.rows()).hasCount(1);
        alice.taps("V1001_SUNCK");
        GATEWAY.person("carol").taps("V1001_SUNCK");

        assertThat(console.rows()).hasCount(2);
        assertThat(console.rows().first())
                .containsText("…" + alice.openid().substring(alice.openid().length() - 4));
        Assertions.assertThat(console.page().locator("#push-list").textContent())
                .doesNotContain(alice.openid());
    }

    @Test
    void aTimeStampThatIsNoneIsExplained() {
        CHROMIUM.expect("400");
        ConsoleOnScreen console = open().live();

        console.filter("at", "yesterday");

        assertThat(console.page().locator(".pushes-list .problem")).containsText("2026-11-20 15:04:05");
        console.page().locator(".filters [data-focus='clear']").click();
        assertThat(console.page().locator(".pushes-list .problem")).hasCount(0);
        console.live();
    }

    @Test
    void aRefusedPushTellsTheCheckThatFailedAndNoRightSignature() {
        HandMadePush forged = HandMadePush.now();
        Assertions.assertThat(forged.sendForged(GATEWAY.pushUrl(), "<xml><MsgType>text</MsgType></xml>"))
                .isEqualTo(403);
        ConsoleOnScreen console = open().live();

        Locator detail = console.open("refused");

        assertThat(detail.locator("[data-check='timestamp']")).hasAttribute("data-state", "passed");
        assertThat(detail.locator("[data-check='signature']")).hasAttribute("data-state", "failed");
        assertThat(detail.locator("[data-check='xml']")).hasAttribute("data-state", "notReached");
        assertThat(detail.locator(".refusal")).containsText("signature of the account");
        assertThat(detail.locator("[data-does='replay']")).isDisabled();
        Assertions.assertThat(console.page().content()).doesNotContain(forged.rightSignature());
    }

    @Test
    void whatWasWrittenIsHiddenUntilSomebodyAsks() {
        Person alice = GATEWAY.person("alice");
        alice.says("nobody may know this");
        ConsoleOnScreen console = open().live();
        Locator detail = console.open("reply");
        assertThat(detail.locator(".checks")).isVisible();
        Assertions.assertThat(detail.textContent()).doesNotContain("nobody may know this", alice.openid());

        console.does("reveal");

        assertThat(detail).containsText("nobody may know this");
        assertThat(detail).containsText(alice.openid());
        console.does("reveal");
        assertThat(detail).not().containsText("nobody may know this");
    }

    @Test
    void theDecryptedXmlStandsBesideTheRawOneWithItsWayAndItsAttempts() {
        GATEWAY.person("alice").taps("V1001_SUNCK");
        ConsoleOnScreen console = open().live();

        Locator detail = console.open("reply");

        assertThat(detail.locator("pre[aria-label='Decrypted']"))
                .containsText("<EventKey><![CDATA[V1001_SUNCK]]></EventKey>");
        assertThat(detail.locator("pre[aria-label='As it came']")).containsText("<Encrypt>");
        assertThat(detail.locator("pre[aria-label='Reply']")).containsText("sunck is a good man");
        assertThat(detail.locator(".way li").first()).containsText("received");
        assertThat(detail.locator(".way li").last()).containsText("answered");
        assertThat(detail.locator("table[aria-label='All attempts'] tbody tr").first())
                .containsText("this one");
        assertThat(detail.locator(".check:not(.passed)")).hasCount(0);
    }

    @Test
    void aReplayOfTheSameAnswerIsTheSame() {
        Person alice = GATEWAY.person("alice");
        alice.taps("V1001_SUNCK");
        int lines = alice.chat().size();
        ConsoleOnScreen console = open().live();
        console.open("reply");

        console.does("replay");

        assertThat(console.detail().locator(".replay-box [data-same]")).hasAttribute("data-same", "true");
        assertThat(console.detail().locator(".replay-box")).containsText("Nothing was sent to the user");
        Assertions.assertThat(alice.chat()).hasSize(lines);
    }

    @Test
    void aReplayShowsWhatTheHandlerSaysOtherwiseNow() {
        GATEWAY.person("alice").says("count");
        ConsoleOnScreen console = open().live();
        console.page().locator(".push-row:has-text('text')").first().click();
        assertThat(console.detail().locator(".checks")).isVisible();
        console.does("reveal");
        assertThat(console.detail()).containsText("Mask OpenIDs and texts");

        console.does("replay");
        assertThat(console.dialog()).isVisible();
        assertThat(console.detail().locator(".replay-box [data-same]")).hasCount(0);
        console.agree();

        assertThat(console.detail().locator(".replay-box [data-same]")).hasAttribute("data-same", "false");
        assertThat(console.detail().locator(".replay-box del").first()).containsText("text ");
        assertThat(console.detail().locator(".replay-box ins").first()).containsText("text ");
        assertThat(console.detail().locator(".replay-box .outcome.replay")).isVisible();
    }

    @Test
    void whileItIsPausedTheListStandsStillAndNothingIsLost() {
        ConsoleOnScreen console = open().live();
        int before = console.count();
        console.does("pause");

        GATEWAY.person("alice").taps("V1001_SUNCK");

        assertThat(console.page().locator(".live-state")).containsText("Paused, 1 waiting.");
        console.has(before);
        console.does("pause");
        console.has(before + 1);
    }

    @Test
    void nothingIsLostWhenTheConnectionIs() {
        CHROMIUM.expect("Failed to load resource: net::");
        try (RecordedTraffic wire = new RecordedTraffic(GATEWAY.console().getPort())) {
            ConsoleOnScreen console = new ConsoleOnScreen(CHROMIUM.open(wire.at(GATEWAY.console()), Look.DESK)).live();
            int before = console.count();
            wire.cut();
            assertThat(console.page().locator(".live-state")).containsText("Connection lost at");

            Person alice = GATEWAY.person("alice");
            alice.taps("V1001_SUNCK");
            alice.taps("V1001_SUNCK");
            wire.mend();

            assertThat(console.page().locator(".live-state")).containsText("back since");
            console.has(before + 2);
        }
    }

    @Test
    void aGatewayThatWasStartedAgainIsFollowed() {
        CHROMIUM.expect("Failed to load resource: net::");
        GATEWAY.person("alice").taps("V1001_SUNCK");
        ConsoleOnScreen console = open().live();
        int before = console.count();

        GATEWAY.restart();
        assertThat(console.page().locator(".live-state")).containsText("back since");
        GATEWAY.person("alice").taps("V1001_SUNCK");

        console.has(before + 1);
        console.open("reply");
        assertThat(console.detail().locator(".checks")).isVisible();
    }

    @Test
    void everythingCanBeDoneWithTheKeyboard() {
        Person alice = GATEWAY.person("alice");
        alice.taps("V1001_SUNCK");
        alice.says("hello");
        Page page = open().live().page();

        page.keyboard().press("Tab");
        assertThat(page.locator("#skip")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("#view")).isFocused();
        page.locator("#push-list").focus();
        page.keyboard().press("ArrowDown");
        assertThat(page.locator(".push-row").first()).hasAttribute("aria-selected", "true");
        page.keyboard().press("ArrowDown");
        assertThat(page.locator(".push-row").nth(1)).hasAttribute("aria-selected", "true");
        assertThat(page.locator("#push-detail h2")).containsText("CLICK");
        page.keyboard().press("Enter");
        assertThat(page.locator("#push-detail")).isFocused();
        page.keyboard().press("Tab");
        assertThat(page.locator("#push-detail [data-does='close']")).isFocused();
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(page.locator("#push-detail [data-does='reveal']")).hasText("Mask OpenIDs and texts");
        page.keyboard().press("Escape");
        assertThat(page.locator("#push-list")).isFocused();
        assertThat(page.locator("#push-detail .checks")).hasCount(0);
    }

    @Test
    void aPageKeepsAThousandRowsAtMost() {
        ConsoleOnScreen console = open().live();
        Person alice = GATEWAY.person("alice");

        for (int i = 0; i < 1_020; i++) {
            alice.says("text " + i);
        }

        alice.taps("V1001_SUNCK");
        assertThat(console.rows().first()).containsText("CLICK");
        console.has(1_000);
        Assertions.assertThat(console.rows().count()).isLessThan(60);
        console.page().locator("#push-list").press("Home");
        console.page().locator("#push-list").press("End");
        assertThat(console.page().locator(".push-row[aria-selected='true']")).isVisible();
        assertThat(console.page().locator(".push-row[aria-selected='true']")).hasAttribute("aria-posinset", "1000");
    }

    /** What a frame takes depends on the machine, and is told; what is done in it does not. */
    @Test
    void ofFiveHundredPushesASecondOnlyThoseThatAreSeenAreDrawn() {
        Page page = open().live().page();

        Object told = page.evaluate("""
                async () => {
                  const { PushList } = await import('./pushlist.js');
                  const list = new PushList(() => {});
                  document.querySelector('#push-list').replaceWith(list.node);
                  list.watch();
                  const push = (id) => ({ instance: 'a', id, at: new Date(1795158000000 + id * 2).toISOString(), account: 'main',
                    type: 'CLICK', key: 'V1', openid: 'oAB…1234', outcome: 'reply', micros: 812 });
                  list.everything(Array.from({ length: 1000 }, (none, id) => push(id)));
                  let formatters = 0;
                  for (const name of ['DateTimeFormat', 'NumberFormat']) {
                    Intl[name] = new Proxy(Intl[name], { construct: (made, given) => (formatters++, new made(...given)) });
                  }
                  let next = 1000;
                  const frames = [];
                  const began = performance.now();
                  for (let last = began; last - began < 2000; ) {
                    for (; next < 1000 + (last - began) / 2; next++) {
                      list.add(push(next));
                    }
                    const now = await new Promise(requestAnimationFrame).then(() => performance.now());
                    frames.push(now - last);
                    last = now;
                  }
                  list.unwatch();
                  frames.sort((one, other) => one - other);
                  return { p99: frames[Math.floor(frames.length * 0.99)], frames: frames.length, formatters,
                    drawn: list.node.childElementCount, lag: next - Number(list.node.querySelector('.push-row').dataset.push.split('/')[1]) };
                }""");

        System.getLogger("frames").log(System.Logger.Level.INFO, "at 500 pushes a second: {0}", told);
        Map<?, ?> found = (Map<?, ?>) told;
        Assertions.assertThat((Integer) found.get("drawn")).isBetween(10, 60);
        Assertions.assertThat((Integer) found.get("formatters")).isZero();
        Assertions.assertThat((Integer) found.get("lag")).isLessThan(600);
    }

    @Test
    void backClosesThePushAndStaysInTheList() {
        GATEWAY.person("alice").taps("V1001_SUNCK");
        ConsoleOnScreen console = new ConsoleOnScreen(CHROMIUM.open(GATEWAY.console(), Look.PHONE)).live();
        console.open("reply");

        console.page().goBack();

        assertThat(console.page().locator(".pushes-view.with-detail")).hasCount(0);
        assertThat(console.rows().first()).isVisible();
        console.open("reply");
        console.does("close");
        assertThat(console.page().locator(".pushes-view.with-detail")).hasCount(0);
        assertThat(console.page()).hasURL(Pattern.compile("#pushes$"));
    }

    @Test
    void aPageThatWasOpenedWhileTheGatewayWasDownGoesOnWhenItIsBack() {
        CHROMIUM.expect("Failed to load resource: net::");
        CHROMIUM.expect("422"); // the menu that is live has a key without an answer
        try (RecordedTraffic wire = new RecordedTraffic(GATEWAY.console().getPort())) {
            Page page = CHROMIUM.open(wire.at(GATEWAY.console()).resolve("#answers"), Look.DESK);
            assertThat(page.locator(".handler").first()).isVisible();
            wire.cut();
            page.evaluate("location.hash = '#menu'");
            assertThat(page.locator(".problem[data-status='0']").first()).isVisible();

            wire.mend();

            assertThat(page.locator(".problem")).hasCount(0);
            assertThat(page.locator("[data-does='plan']")).isVisible();
        }
    }

    @Test
    void anAddressThatNamesNoViewIsPutRight() {
        Page page = CHROMIUM.open(GATEWAY.console().resolve("#nonsense"), Look.DESK);

        assertThat(page).hasURL(Pattern.compile("#overview$"));
    }

    @Test
    void aMaskedOpenIdListsThePushesOfItsSender() {
        Person alice = GATEWAY.person("alice");
        alice.taps("V1001_SUNCK");
        GATEWAY.person("bob").taps("V1001_SUNCK");
        ConsoleOnScreen console = open().live();
        String masked = "…" + alice.openid().substring(alice.openid().length() - 4);

        console.rows()
                .filter(new Locator.FilterOptions().setHasText(masked))
                .first()
                .locator("[data-openid]")
                .click();

        console.has(1);
        assertThat(console.rows().first()).containsText(masked);
    }

    @Test
    void whatIsRevealedIsAlsoInTheSummary() {
        Person alice = GATEWAY.person("alice");
        alice.says("hello there");
        ConsoleOnScreen console = open().live();
        console.open("reply");

        console.does("reveal");

        assertThat(console.detail().locator(".facts")).containsText(alice.openid());
        assertThat(console.detail().locator("h2")).containsText("hello there");
    }

    @Test
    void aPushInProgressIsThereAtOnceAndThenIsWhatItHasBecome() {
        ConsoleOnScreen console = open().live();
        Person alice = GATEWAY.person("alice");
        CompletableFuture<Void> said = CompletableFuture.runAsync(() -> alice.says("slow"));

        Locator detail = console.open("running");
        assertThat(detail).containsText("In progress");
        HANDLER.slow.complete(Reply.text("at last"));

        said.join();
        assertThat(detail.locator(".outcome").first()).hasText("replied");
        assertThat(detail.locator(".checks")).isVisible();
        assertThat(console.rows("running")).hasCount(0);
    }

    @Test
    void aFailureTellsItsExceptionAndWhereItsTraceIs() {
        GATEWAY.person("alice").says("fail");
        ConsoleOnScreen console = open().live();
        Locator failure = console.open("failed").locator("[data-failure]");
        assertThat(failure).containsText("java.lang.IllegalStateException");
        assertThat(failure).containsText("stack trace");
        assertThat(failure).not().containsText("out of stock");

        console.does("reveal");

        assertThat(failure).containsText("out of stock");
    }

    @Test
    void aRequestIsCopiedForAShellAsItCame() {
        GATEWAY.person("alice").taps("V1001_SUNCK");
        ConsoleOnScreen console = open().live();
        console.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        console.open("reply");
        assertThat(console.page().locator("[data-does='copy-curl']")).hasCount(0);
        console.does("reveal");

        console.does("copy-curl");

        assertThat(console.page().locator("[data-does='copy-curl']")).hasText("Copied");
        Assertions.assertThat((String) console.page().evaluate("navigator.clipboard.readText()"))
                .startsWith("curl -sS -H 'Content-Type: text/xml' --data-binary '<xml>")
                .contains("<Encrypt>", "/wx/dev?", "msg_signature=");
    }

    @Test
    void theReplyCanBeSeenAtOnceOnASmallScreen() {
        GATEWAY.person("alice").taps("V1001_SUNCK");
        ConsoleOnScreen console =
                new ConsoleOnScreen(CHROMIUM.open(GATEWAY.console(), new Look(1280, 800, false, "en-GB"))).live();

        Locator detail = console.open("reply");

        Locator reply = detail.locator("pre[aria-label='Reply']");
        assertThat(reply).containsText("sunck is a good man");
        assertThat(reply).isInViewport();
        Assertions.assertThat(reply.boundingBox().y)
                .isLessThan(detail.locator(".checks").boundingBox().y);
    }

    @Test
    void aPushIsEditedAndHandledAgain() {
        GATEWAY.person("alice").taps("NEWS_TODAY");
        ConsoleOnScreen console = open().live();
        console.rows().first().click();
        assertThat(console.detail().locator(".checks")).isVisible();

        console.does("edit");
        Locator text = console.page().locator("#edited-push");
        assertThat(text).isVisible();
        Chromium.assertSound(console.page());
        text.fill(text.inputValue().replace("NEWS_TODAY", "V1001_SUNCK"));
        console.does("send-edited");

        assertThat(console.detail().locator(".replay-result")).containsText("sunck is a good man");
    }

    @Test
    void theListIsSavedAsItIsFiltered() throws IOException {
        Person alice = GATEWAY.person("alice");
        alice.taps("V1001_SUNCK");
        ConsoleOnScreen console = open().live();
        console.filter("openid", alice.openid());
        console.has(1);

        Download ndjson = console.page().waitForDownload(() -> console.does("save-ndjson"));
        Download csv = console.page().waitForDownload(() -> console.does("save-csv"));

        Assertions.assertThat(Files.readAllLines(ndjson.path()))
                .singleElement()
                .asString()
                .contains("\"key\":\"V1001_SUNCK\"")
                .doesNotContain(alice.openid());
        Assertions.assertThat(Files.readAllLines(csv.path()))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("at,account,type,key,openid,outcome,");
    }

    private static ConsoleOnScreen open() {
        return new ConsoleOnScreen(CHROMIUM.open(GATEWAY.console(), Look.DESK));
    }
}
