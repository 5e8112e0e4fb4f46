package io.weir.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.weir.OperatedGateway;
import io.weir.plugin.Handler;
import io.weir.simulator.people.Person;
import io.weir.simulator.platform.PlatformAccount;
import io.weir.wechat.message.Message;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An operator looks at one person: what they sent and saw, and what may be sent to them. */
class ConsolePersonBrowserIT {
    private static final String TOKEN = "correct-horse-battery-staple";
    private static final String VIEWER = "a-viewer-sees-and-changes-nothing";
    /** Pushes are acknowledged after 4.5 s. */
    private static final double AFTER_DEADLINE_MILLIS = 15_000;

    private static final Shop SHOP = new Shop();

    @RegisterExtension
    static final OperatedGateway GATEWAY = OperatedGateway.open("""
            CLICK: { V1001_SUNCK: { text: "sunck is a good man {{as it stands}}" } }
            subscribe: { default: { text: "Welcome" } }
            image:
              default: { news: [{ title: "Nice picture", description: "Have a look at ours", picUrl: "", url: "https://www.example.com/" }] }
            """).handler(SHOP);

    @RegisterExtension
    static final OperatedGateway LOCKED = OperatedGateway.locked("""
            CLICK: { V1001_SUNCK: { text: "sunck is a good man" } }
            """, TOKEN).alsoFor("anna", VIEWER, "viewer");

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    /** Answers texts: fails at some, and waits with others until it is told to go on. */
    private static final class Shop implements Handler<Message.Text> {
        private final Map<String, Promise<Reply>> waiting = new ConcurrentHashMap<>();

        @Override
        public PushType<Message.Text> type() {
            return PushType.TEXT;
        }

        @Override
        public Future<Reply> handle(Message.Text text) {
            if (text.content().equals("fail")) {
                return Future.failedFuture(new IllegalStateException("out of stock"));
            }
            return text.content().startsWith("slow")
                    ? waiting(text.content()).future()
                    : Future.succeededFuture(Reply.text("You said: " + text.content()));
        }

        Promise<Reply> waiting(String content) {
            return waiting.computeIfAbsent(content, any -> Promise.promise());
        }

        @Override
        public boolean nonBlocking() {
            return true;
        }
    }

    @Test
    void aPushLeadsToItsPersonAndEachBubbleBack() {
        Person alice = GATEWAY.person("alice");
        alice.taps("V1001_SUNCK");
        alice.says("hello there");
        ConsoleOnScreen console = new ConsoleOnScreen(CHROMIUM.open(GATEWAY.console(), Look.DESK)).live();
        console.filter("openid", alice.openid());
        console.has(2);
        console.open("reply").locator("[data-does='person']").click();

        Page page = console.page();

        assertThat(page.locator("h1")).containsText(masked(alice));
        assertThat(lines(page)).hasCount(4);
        assertThat(lines(page).nth(0)).containsText("V1001_SUNCK");
        assertThat(lines(page).nth(1)).containsText("sunck is a good man {as it stands}");
        assertThat(lines(page).nth(2)).containsText("•••");
        assertThat(page.locator(".person-push")).hasCount(2);
        Assertions.assertThat(page.content()).doesNotContain("hello there", alice.openid());
        Assertions.assertThat(page.url()).doesNotContain(alice.openid());
        lines(page).nth(0).locator("a").click();
        assertThat(console.detail().locator("h2")).containsText("CLICK");
        console.has(2);
        page.goBack();
        assertThat(lines(page)).hasCount(4);
    }

    @Test
    void textsAreShownWhenSomebodyAsks() {
        Person bob = GATEWAY.person("bob");
        bob.says("my secret");
        Page page = open(bob, Look.DESK);
        assertThat(lines(page)).hasCount(2);
        assertThat(page).hasURL(Pattern.compile("openid=[A-Za-z0-9_-]{12}$"));

        page.locator("[data-does='reveal']").click();

        assertThat(lines(page).nth(0)).containsText("my secret");
        assertThat(lines(page).nth(1)).containsText("You said: my secret");
        assertThat(page.locator("h1")).containsText(bob.openid());
        page.locator("[data-does='reveal']").click();
        assertThat(lines(page).nth(0)).containsText("•••");
        assertThat(page.locator("h1")).not().containsText(bob.openid());
    }

    @Test
    void whatComesIsFollowedAndALateReplyAppearsWhenItIsSent() {
        Person carol = GATEWAY.person("carol");
        Page page = open(carol, Look.DESK);
        assertThat(page.locator("[data-note='nothing']")).isVisible();
        assertThat(page.locator("[data-card='window'] [data-state='unknown']")).isVisible();
        assertThat(page.locator(".live-state[data-state='live']")).isVisible();

        carol.phone().say("slow " + carol.openid());

        Locator said = page.locator(".chat-said");
        assertThat(said).hasAttribute("data-outcome", "running");
        assertThat(said)
                .hasAttribute(
                        "data-outcome",
                        "late",
                        new LocatorAssertions.HasAttributeOptions().setTimeout(AFTER_DEADLINE_MILLIS));
        assertThat(page.locator(".person-window")).containsText("Up to 5 messages.");
        assertThat(page.locator(".person-window strong")).hasText(Pattern.compile("47:5\\d:\\d\\d left"));
        SHOP.waiting("slow " + carol.openid()).complete(Reply.text("here it is"));
        assertThat(page.locator(".chat-seen")).containsText("Late reply, sent as a customer-service message");
        assertThat(page.locator(".person-window")).containsText("Weir has sent 1 of them");
        assertThat(page.locator(".chat-line")).hasCount(2);
        CHROMIUM.shoot(page, "console-person-late");
    }

    @Test
    void failuresAreShownAsSuch() {
        Person dave = GATEWAY.person("dave");
        dave.says("fail");

        Page page = open(dave, Look.DESK);

        assertThat(lines(page)).hasCount(1);
        assertThat(lines(page).locator(".chat-note.bad"))
                .containsText("The handler failed, nothing was replied · java.lang.IllegalStateException");
    }

    @Test
    void weChatIsAskedForTagsAndMenuWhenSomebodyPressesTheButtons() {
        Person erin = GATEWAY.person("erin");
        tag(erin);
        erin.taps("V1001_SUNCK");
        Page page = open(erin, Look.DESK);
        assertThat(lines(page)).hasCount(2);
        long before = GATEWAY.wechat().calls().of("dev", "/cgi-bin/menu/trymatch");

        page.locator("[data-does='ask-tags']").click();
        page.locator("[data-does='ask-menu']").click();

        assertThat(page.locator(".person-tags")).containsText("VIP");
        assertThat(page.locator("[data-card='menu'] .phone-first").first()).hasText("For VIPs");
        assertThat(page.locator("[data-card='menu'] .match-rule")).containsText("tag_id");
        Assertions.assertThat(GATEWAY.wechat().calls().of("dev", "/cgi-bin/menu/trymatch"))
                .isEqualTo(before + 1);
    }

    @Test
    void whatWeChatRefusesIsToldWithItsMeaning() {
        CHROMIUM.expect("502");
        Page page = CHROMIUM.open(at("oNobodyKnows0123456789abcdef"), Look.DESK);
        assertThat(page.locator("[data-note='nothing']")).isVisible();

        page.locator("[data-does='ask-menu']").click();

        assertThat(page.locator("[data-card='menu'] .problem")).containsText("WeChat said:");
        assertThat(page.locator("[data-card='tags'] .problem")).hasCount(0);
        CHROMIUM.shoot(page, "console-person-refused");
    }

    @Test
    void whoMayOnlyReadSeesTheChatMasked() {
        Person frank = LOCKED.person("frank");
        frank.taps("V1001_SUNCK");
        Page page = CHROMIUM.open(LOCKED.console(), Look.DESK);
        page.locator("#token").fill(VIEWER);
        page.locator("#token").press("Enter");
        new ConsoleOnScreen(page)
                .live()
                .open("reply")
                .locator("[data-does='person']")
                .click();

        assertThat(lines(page)).hasCount(2);
        assertThat(lines(page).nth(1)).containsText("sunck is a good man");
        assertThat(page.locator("[data-does='reveal']")).hasAttribute("aria-disabled", "true");
        page.locator("[data-does='ask-tags']").click();
        assertThat(page.locator("[data-card='tags']")).containsText("WeChat says: no tags.");
        Assertions.assertThat(page.content()).doesNotContain(frank.openid());
    }

    @Test
    void aPersonIsNamedInAForm() {
        Person grace = GATEWAY.person("grace");
        grace.taps("V1001_SUNCK");
        Page page = CHROMIUM.open(GATEWAY.console().resolve("#person"), Look.DESK);

        page.locator("[data-form='person'] [name='openid']").fill(grace.openid());
        page.locator("[data-does='open-person']").click();

        assertThat(lines(page)).hasCount(2);
        page.locator("#language").click();
        assertThat(page.locator("[data-card='chat'] h2")).hasText("对话");
        assertThat(lines(page).nth(0)).containsText("点击菜单");
    }

    @ParameterizedTest
    @MethodSource("io.weir.browser.Look#all")
    void looksRight(Look look) {
        Person henry = GATEWAY.person("henry");
        henry.unfollows();
        henry.follows();
        tag(henry);
        henry.taps("V1001_SUNCK");
        henry.says("Where is my order? 我的订单在哪里？");
        henry.sendsPicture();
        henry.says("fail");
        henry.scansQrCode("shelf-12");
        Page page = open(henry, look);
        assertThat(page.locator(".chat-seen")).hasCount(4);
        page.locator("[data-does='ask-tags']").click();
        page.locator("[data-does='ask-menu']").click();
        assertThat(page.locator(".person-tags")).isVisible();
        assertThat(page.locator("[data-card='menu'] .phone-menu")).isVisible();
        Chromium.assertSound(page);
        assertThat(page.locator("[data-card='window'] [data-state='open']")).isVisible();
        CHROMIUM.shoot(page, "console-person-" + look.name());
        page.locator("[data-does='reveal']").click();
        assertThat(page.locator(".chat")).containsText("我的订单在哪里？");
        Chromium.assertSound(page);
        CHROMIUM.shootWhole(page, "console-person-revealed-" + look.name());
    }

    /** Gives somebody a tag, and those who have it a menu. */
    private static void tag(Person person) {
        PlatformAccount account = GATEWAY.wechat().account("dev");
        GATEWAY.wechat().platform().exclusively(() -> {
            int tag = account.tags().create("VIP " + person.openid().substring(20));
            account.followers()
                    .put(account.followers().find(person.openid()).orElseThrow().tagged(tag));
            account.menus()
                    .addConditional(Buffer.buffer("{\"button\":[{\"type\":\"click\",\"name\":\"For VIPs\",\"key\":"
                            + "\"V1001_SUNCK\"},{\"name\":\"更多\",\"sub_button\":[{\"type\":\"click\",\"name\":\"sunck\","
                            + "\"key\":\"VIP\"}]}],\"matchrule\":{\"tag_id\":\"" + tag + "\"}}"));
            return person;
        });
    }

    private static Locator lines(Page page) {
        return page.locator(".chat-line");
    }

    private static String masked(Person person) {
        String openid = person.openid();
        return openid.substring(0, 3) + "…" + openid.substring(openid.length() - 4);
    }

    private static Page open(Person person, Look look) {
        return CHROMIUM.open(at(person.openid()), look);
    }

    private static URI at(String openid) {
        return GATEWAY.console().resolve("#person?account=dev&openid=" + openid);
    }
}
