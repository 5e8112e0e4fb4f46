package io.weir.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.vertx.core.buffer.Buffer;
import io.weir.simulator.api.Bodies;
import io.weir.simulator.people.Person;
import io.weir.simulator.platform.PlatformAccount;
import io.weir.simulator.push.DeliveryVerdict;
import io.weir.testkit.WeirExtension;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person with a thumb in front of the phone page, and the gateway behind it. */
class PhonePageBrowserIT {
    @RegisterExtension
    static final WeirExtension WEIR = WeirExtension.create().replies("""
            CLICK:
              V1001_SUNCK: { text: "sunck is a good man" }
              V1002_MASSAGE_BEAUTIFUL01:
                news:
                  - { title: Autumn, description: What is new, picUrl: "https://p.example/1.png", url: "https://www.example.com/a" }
                  - { title: Second, description: More, picUrl: "{account}", url: "https://www.example.com/b" }
              V1002_MASSAGE_BEAUTIFUL02: { image: sample-image }
              V1002_MASSAGE_BEAUTIFUL03: { music: { thumbMediaId: sample-image, title: 晚安, description: Band } }
              VIDEO: { video: { mediaId: sample-video, title: Tour, description: 2 min } }
              VOICE: { voice: sample-voice }
            scancode_push: { default: { text: "pushed {scanType} {scanResult}" } }
            scancode_waitmsg: { default: { text: "waited {scanType} {scanResult}" } }
            pic_sysphoto: { default: { text: "{count} photo" } }
            pic_photo_or_album: { default: { text: "{count} of the album" } }
            pic_weixin: { default: { text: "{count} of WeChat" } }
            location_select: { default: { text: "at {label} ({x}, {y})" } }
            subscribe: { default: { text: welcome }, door: { text: welcome at the entrance } }
            SCAN: { door: { text: again at the entrance } }
            text: { default: { text: "{content}" }, link: { text: 'see <a href="https://www.example.com/x">our page</a>!' } }
            """);

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @Test
    void tapsAClickButton(Person alice) {
        PhoneOnScreen phone = phone(alice);

        phone.tap("逛一逛", "sunck");

        phone.sees("sunck is a good man");
        assertThat(phone.push("CLICK")).hasAttribute("data-state", "shown");
        assertThat(phone.push("CLICK")).containsText("Attempt 1 of 3");
    }

    @Test
    void pagesAndMiniProgramsAreShownByTheirAddressAndNeverLoaded(Person alice) {
        PhoneOnScreen phone = phone(alice);

        phone.tap("逛一逛", "主页");
        assertThat(phone.dialog()).containsText("https://www.example.com/index/");
        phone.press("Close");
        phone.tap("逛一逛", "下单");
        assertThat(phone.dialog()).containsText("pages/order/index?from=menu");
        assertThat(phone.dialog()).containsText("wx0123456789abcdef");
        phone.press("Close");

        assertThat(phone.push("VIEW")).hasAttribute("data-state", "nothing");
        assertThat(phone.push("view_miniprogram")).hasAttribute("data-state", "nothing");
    }

    @Test
    void materialIsShownWithoutAPush(Person alice) {
        PhoneOnScreen phone = phone(alice);

        phone.tap("逛一逛", "看图片");
        assertThat(phone.lines("platform").locator("img.picture")).isVisible();
        phone.tap("逛一逛", "看图文");
        assertThat(phone.dialog()).containsText("sample-news");
        phone.press("Close");

        assertThat(phone.lines("platform").last()).containsText("Sample article");
        assertThat(phone.page().locator(".push")).hasCount(0);
    }

    @Test
    void scansCodes(Person alice) {
        PhoneOnScreen phone = phone(alice);

        phone.tap("扫码发图", "扫码带提示");
        phone.dialog().getByLabel("What the code says").fill("9787540438845");
        phone.dialog().getByLabel("Bar code").check();
        phone.press("Scan");
        phone.sees("waited barcode EAN_13,9787540438845");

        phone.tap("扫码发图", "扫码推事件");
        phone.press("Scan");
        assertThat(phone.dialog()).containsText("https://www.example.com/table/12,a");
        phone.press("Close");
        phone.sees("pushed qrcode https://www.example.com/table/12,a");
    }

    @Test
    void scansACodeThatTheAccountHasMade(Person alice) {
        PlatformAccount account = WEIR.wechat().account("dev");
        ObjectNode order = JsonNodeFactory.instance.objectNode().put("action_name", "QR_LIMIT_STR_SCENE");
        order.putObject("action_info").putObject("scene").put("scene_str", "door");
        WEIR.wechat().platform().exclusively(() -> account.qrCodes().create(order));
        PhoneOnScreen phone = phone(alice);

        phone.page().locator("#more").click();
        phone.press("Scan: door");

        phone.sees("again at the entrance");
    }

    @Test
    void verifiesThePushUrlAsWeChatDoes(Person alice) {
        PhoneOnScreen phone = phone(alice);

        phone.page().locator("#more").click();
        phone.press("Verify the push URL");

        assertThat(phone.dialog()).containsText("WeChat would take the URL");
        phone.press("Close");
    }

    @ParameterizedTest
    @CsvSource({"系统拍照发图, 1 photo, 1", "拍照或相册发图, 3 of the album, 3", "微信相册发图, 3 of WeChat, 3"})
    void sendsPictures(String button, String reply, int count, Person alice) {
        PhoneOnScreen phone = phone(alice);

        phone.tap("扫码发图", button);
        if (button.equals("拍照或相册发图")) {
            phone.press("Choose pictures");
        }
        Locator album = phone.dialog().locator(".album input");
        for (int number = 1; number < count; number++) {
            album.nth(number).check();
        }
        phone.press("Send");

        phone.sees(reply);
        assertThat(phone.lines("person").locator("img.picture")).hasCount(count);
        Assertions.assertThat(
                        (Boolean)
                                phone.page()
                                        .evaluate(
                                                "() => [...document.querySelectorAll('img.picture')].every(i => i.naturalWidth === 80)"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"Voice message, voice", "Video, video", "Short video, shortvideo"})
    void sendsRecordings(String choice, String type, Person alice) {
        PhoneOnScreen phone = phone(alice);

        attach(phone, choice);

        assertThat(phone.push(type)).hasAttribute("data-state", "nothing");
        assertThat(phone.lines("person")).hasCount(1);
    }

    @Test
    void sendsAPictureALinkAndAPlaceWithoutAButton(Person alice) {
        PhoneOnScreen phone = phone(alice);

        attach(phone, "Choose pictures");
        phone.press("Send");
        assertThat(phone.lines("person").locator("img.picture")).isVisible();
        attach(phone, "Link");
        phone.press("Send");
        assertThat(phone.lines("person").last()).containsText("Opening hours");
        attach(phone, "Place");
        phone.press("Send");

        assertThat(phone.lines("person").last()).containsText("广州市海珠区江南西");
        assertThat(phone.push("image")).isAttached();
        assertThat(phone.push("link").locator(".wrote")).containsText("Opening hours");
        assertThat(phone.push("location").locator(".wrote")).containsText("广州市海珠区江南西");
    }

    @Test
    void whatWasWrittenAndWhatCameBackIsSeenWithoutUnfolding(Person alice) {
        PhoneOnScreen phone = phone(alice);

        phone.write("hello");
        phone.sees("hello");

        assertThat(phone.push("text").locator(".wrote")).hasText("Sent: hello");
        assertThat(phone.push("text").locator(".came")).hasText("hello");
        assertThat(phone.push("text").locator("pre").first()).isHidden();
    }

    @Test
    void theChatIsALogOfAListWithNamesAndMinutes(Person alice) {
        PhoneOnScreen phone = phone(alice);
        assertThat(phone.page().locator("#empty")).isVisible();

        phone.write("hello");
        phone.sees("hello");

        assertThat(phone.page().locator("#empty")).isHidden();
        assertThat(phone.page().locator("#chat")).hasRole(AriaRole.LOG);
        assertThat(phone.page().locator("#chat > ol").getByRole(AriaRole.LISTITEM))
                .hasCount(3);
        assertThat(phone.page().locator("#chat .time")).hasText(Pattern.compile("\\d\\d:\\d\\d"));
        assertThat(phone.lines("reply").locator(".avatar")).hasAccessibleName("dev");
        assertThat(phone.lines("person").locator(".avatar")).hasAccessibleName(nickname(alice));
    }

    @Test
    void anAccountThatWritesIsSeenInPlaceOfItsNameUntilItsMessage(Person alice) {
        PhoneOnScreen phone = phone(alice);
        phone.write("hello");
        phone.sees("hello");

        onAccount(account -> account.customerMessages()
                .type(JsonNodeFactory.instance
                        .objectNode()
                        .put("touser", alice.openid())
                        .put("command", "Typing")));
        assertThat(phone.page().locator("#typed-to")).hasText("对方正在输入…");
        send(alice, "{'msgtype':'text','text':{'content':'there'}}");

        assertThat(phone.lines("customer-service")).hasText("there");
        assertThat(phone.page().locator("#typed-to")).isHidden();
    }

    @Test
    void aSwitchKeepsPushesFromTheAccountSoThatTheFaultNoticeIsSeen(Person alice) {
        PhoneOnScreen phone = phone(alice);

        phone.page().locator("#more").click();
        phone.dialog().getByRole(AriaRole.SWITCH).check();
        phone.press("Close");
        phone.write("anybody there?");
        assertThat(phone.lines("fault")).hasText(DeliveryVerdict.FAULT_NOTICE);
        phone.page().locator("#more").click();
        assertThat(phone.dialog().getByRole(AriaRole.SWITCH)).isChecked();
        phone.dialog().getByRole(AriaRole.SWITCH).uncheck();
        phone.press("Close");

        phone.write("again");
        phone.sees("again");
    }

    @Test
    void choosesAPlaceOnTheMap(Person alice) {
        PhoneOnScreen phone = phone(alice);

        phone.tap("更多", "发送位置");
        phone.dialog().locator(".map").click(new Locator.ClickOptions().setPosition(268, 60));
        phone.dialog().locator("[name=poiName]").fill("天河城");
        phone.press("Send");

        assertThat(phone.lines("reply").last()).hasText(Pattern.compile("at 广州市天河区天河城 \\(23\\.13\\d+, 113\\.3\\d+\\)"));
        assertThat(phone.lines("person").last()).containsText("广州市天河区天河城");
        assertThat(phone.push("location")).isAttached();
    }

    @Test
    void cardsPicturesAndMusicAreDrawn(Person alice) {
        PhoneOnScreen phone = phone(alice);

        phone.tap("更多", "林志玲");
        assertThat(phone.lines("reply").last().locator(".article")).hasCount(2);
        assertThat(phone.lines("reply").last()).containsText("Autumn");
        phone.tap("更多", "范冰冰");
        assertThat(phone.lines("reply").last().locator("img.picture")).isVisible();
        phone.tap("更多", "关之琳");
        assertThat(phone.lines("reply").last()).containsText("晚安");
    }

    @Test
    void followsAndLeaves(Person alice) {
        PhoneOnScreen phone = phone(alice);

        phone.page().locator("#more").click();
        phone.press("Unfollow");
        assertThat(phone.page().locator("#profile")).isVisible();
        assertThat(phone.page().locator("#menubar")).isHidden();
        assertThat(phone.push("unsubscribe")).hasAttribute("data-state", "nothing");

        phone.page().locator("#follow").click();
        phone.sees("welcome");
        assertThat(phone.page().locator("#menubar")).isVisible();

        phone.page().locator("#more").click();
        phone.dialog().locator("[name=scene]").fill("door");
        phone.press("Scan");
        phone.sees("again at the entrance");
    }

    @Test
    void aLinkInATextIsAButtonThatShowsItsAddress(Person alice) {
        PhoneOnScreen phone = phone(alice);

        phone.write("link");
        phone.sees("see our page!");
        phone.lines("reply").last().locator("button.link").click();

        assertThat(phone.dialog()).containsText("https://www.example.com/x");
    }

    @Test
    void twoPeopleChatAtOnce(Person alice, Person bob) {
        PhoneOnScreen hers = phone(alice);
        PhoneOnScreen his = phone(bob);

        hers.write("from alice");
        his.write("from bob");
        hers.tap("逛一逛", "sunck");

        hers.sees("sunck is a good man");
        his.sees("from bob");
        assertThat(hers.lines("person")).hasText(new String[] {"from alice"});
        assertThat(his.lines("person")).hasText(new String[] {"from bob"});
    }

    @Test
    void thePersonCanBeChangedAndAddedInThePage(Person alice, Person bob) {
        PhoneOnScreen phone = phone(alice);
        phone.write("first");
        phone.sees("first");

        phone.choose(nickname(bob));
        assertThat(phone.page().locator("#person")).containsText(nickname(bob));
        assertThat(phone.page().locator("#chat li")).hasCount(0);
        phone.page().locator("#person").click();
        phone.dialog().locator("[name=nickname]").fill("Zoë");
        phone.dialog().getByLabel("Android").check();
        phone.press("Add");

        assertThat(phone.page().locator("#person")).containsText("Zoë");
        phone.write("hello");
        phone.sees("hello");
    }

    @Test
    void whatASecondPageDoesIsSeenInTheFirst(Person alice) {
        PhoneOnScreen phone = phone(alice);
        assertThat(phone.page().locator("#menubar")).isVisible();

        alice.says("from elsewhere");

        assertThat(phone.lines("person").last()).hasText("from elsewhere");
        phone.sees("from elsewhere");
    }

    @Test
    void lateMessagesArriveAndTheirEntriesCanBeTapped(Person alice) {
        PhoneOnScreen phone = phone(alice);
        phone.write("hello");
        phone.sees("hello");

        send(alice, "{'msgtype':'text','text':{'content':'late, but here'}}");
        send(alice, "{'msgtype':'image','image':{'media_id':'sample-image'}}");
        send(
                alice,
                "{'msgtype':'msgmenu','msgmenu':{'head_content':'Content?','tail_content':'Thanks.',"
                        + "'list':[{'id':'101','content':'Yes'},{'id':'102','content':'No'}]}}");

        assertThat(phone.lines("customer-service")).hasCount(3);
        assertThat(phone.lines("customer-service").first()).hasText("late, but here");
        phone.lines("customer-service").last().getByText("Yes").click();
        phone.sees("Yes");
        assertThat(phone.push("text").locator("pre").first()).containsText("<bizmsgmenuid>");
    }

    @Test
    void theMenuStaysUntilItIsFetchedAndIsThePersonsOwn(Person alice) {
        PhoneOnScreen phone = phone(alice);
        assertThat(phone.page().locator(".menubar .first")).hasCount(3);
        publish("{'button':[{'type':'click','name':'会员','key':'VIP'}],'matchrule':{'client_platform_type':'1'}}");

        phone.write("still the old one");
        phone.sees("still the old one");
        assertThat(phone.page().locator(".menubar .first")).hasCount(3);
        phone.page().locator("#more").click();
        phone.press("Fetch the menu now");

        assertThat(phone.page().locator(".menubar .first")).hasCount(1);
        assertThat(phone.page().locator(".menubar .first")).hasText("会员");
    }

    @Test
    void longNamesAreCutAsAClientDoes(Person alice) {
        publish("{'button':[{'name':'五个汉字啊','sub_button':[{'type':'click','name':'一二三四五六七八九','key':'A'},"
                + "{'type':'click','name':'abcdefghijklmnopq','key':'B'},{'type':'click','name':'一二三四五六七八','key':'C'}]}],"
                + "'matchrule':{'client_platform_type':'1'}}");
        alice.phone().fetchMenu();
        PhoneOnScreen phone = phone(alice);

        assertThat(phone.page().locator(".menubar .first > button")).hasText("五个汉字…");
        phone.tap("五个汉字…");
        assertThat(phone.page().locator(".sub-menu button"))
                .hasText(new String[] {"一二三四五六七八…", "abcdefghijklmnop…", "一二三四五六七八"});
    }

    @Test
    void everythingCanBeDoneWithTheKeyboard(Person alice) {
        PhoneOnScreen phone = phone(alice);
        Page page = phone.page();
        assertThat(page.locator("#menubar")).isVisible();

        page.locator(".menubar .first > button").first().focus();
        page.keyboard().press("Enter");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        phone.sees("sunck is a good man");

        page.locator(".menubar .first > button").last().focus();
        page.keyboard().press("ArrowUp");
        page.keyboard().press("Enter");
        phone.dialog().locator(".map").focus();
        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowUp");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(phone.lines("reply").last()).containsText("at 广州市海珠区江南西");

        page.locator(".menubar .first > button").first().focus();
        page.keyboard().press("Enter");
        page.keyboard().press("Escape");
        assertThat(page.locator(".sub-menu:visible")).hasCount(0);
        page.keyboard().press("Shift+Tab");
        page.keyboard().press("Enter");
        page.keyboard().type("typed");
        page.keyboard().press("Enter");
        phone.sees("typed");
    }

    @Test
    void languageAndColoursCanBeChosenAndStay(Person alice) {
        PhoneOnScreen phone = phone(alice);
        Page page = phone.page();

        page.locator("#language").click();
        page.locator("#theme").click();
        page.locator("#theme").click();
        page.reload();

        assertThat(page.locator("html")).hasAttribute("lang", "zh-CN");
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        assertThat(page.locator("#pushes h2")).hasText("推送");
        assertThat(page.locator("body")).hasCSS("background-color", "rgb(16, 20, 19)");
    }

    private static void attach(PhoneOnScreen phone, String choice) {
        if (phone.page().locator("#typing").isHidden()) {
            phone.page().locator("#menubar > .icon-button").click();
        }
        phone.page().locator("#attach").click();
        phone.press(choice);
    }

    private static PhoneOnScreen phone(Person person) {
        return new PhoneOnScreen(CHROMIUM.open(at(person), Look.DESK)).ready();
    }

    private static URI at(Person person) {
        return WEIR.wechat().phonePage().resolve("#dev/" + person.openid());
    }

    private static String nickname(Person person) {
        return WEIR.wechat().people("dev").who(person.openid()).orElseThrow().nickname();
    }

    private static void send(Person person, String message) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("touser", person.openid());
        json.setAll(Bodies.object(message.replace('\'', '"')));
        onAccount(account -> account.customerMessages().send(json));
    }

    private static void publish(String menu) {
        onAccount(account -> account.menus().addConditional(Buffer.buffer(menu.replace('\'', '"'))));
    }

    @AfterEach
    void dropPersonalMenus() {
        onAccount(account -> account.menus()
                .get()
                .path("conditionalmenu")
                .forEach(menu -> account.menus()
                        .deleteConditional(Buffer.buffer(
                                "{\"menuid\":\"" + menu.path("menuid").asText() + "\"}"))));
    }

    private static void onAccount(Consumer<PlatformAccount> action) {
        PlatformAccount account = WEIR.wechat().account("dev");
        WEIR.wechat().platform().exclusively(() -> {
            action.accept(account);
            return List.of();
        });
    }
}
