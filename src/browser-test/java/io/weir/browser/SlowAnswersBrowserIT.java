package io.weir.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.weir.simulator.people.Person;
import io.weir.simulator.push.DeliveryVerdict;
import io.weir.simulator.push.Gateways;
import io.weir.testkit.WeirExtension;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a person sees while an account takes its time, or fails: WeChat's five seconds and three attempts. */
class SlowAnswersBrowserIT {
    @RegisterExtension
    static final WeirExtension WEIR = WeirExtension.create();

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final Vertx VERTX = Vertx.vertx();
    private static final long SLOW_MILLIS = 6_000;
    private static final Pattern ADDRESSES = Pattern.compile(
            "<ToUserName><!\\[CDATA\\[(.*?)]]></ToUserName>\\s*<FromUserName><!\\[CDATA\\[(.*?)]]></FromUserName>");

    @SuppressWarnings("NullAway.Init") // set before each test
    private URI gateway;

    @BeforeEach
    void remember() {
        gateway = WEIR.pushUrl();
    }

    @AfterEach
    void pushToTheGatewayAgain() {
        WEIR.wechat().pushTo("dev", gateway);
    }

    @AfterAll
    static void close() {
        Gateways.await(VERTX.close());
    }

    /** The handler takes six seconds for the first attempt; the second one finds the answer ready. */
    @Test
    void aSlowAnswerShowsItsAttemptsAndThenOneReply(Person alice) {
        AtomicInteger attempts = new AtomicInteger();
        WEIR.wechat().pushTo("dev", Gateways.http(VERTX, (push, response) -> {
            String reply = reply(push, "slow, but right");
            if (attempts.incrementAndGet() == 1) {
                VERTX.setTimer(SLOW_MILLIS, late -> end(response, reply));
            } else {
                end(response, reply);
            }
        }));
        PhoneOnScreen phone = phone(alice, Look.DESK);

        phone.tap("逛一逛", "sunck");
        Locator push = phone.push("CLICK");
        assertThat(push.locator("[data-attempt='0-1'] progress")).isVisible();
        assertThat(push).hasAttribute("data-state", "running");
        assertThat(push.locator(".taken")).hasText(Pattern.compile("[1-4]\\.\\d s of 5 s"));
        Chromium.assertSound(phone.page());
        CHROMIUM.shoot(phone.page(), "phone-slow-1280");

        phone.sees("slow, but right");
        assertThat(push).hasAttribute("data-state", "shown");
        assertThat(push.locator("[data-attempt='0-1']")).containsText("WeChat asks again.");
        assertThat(push.locator("[data-attempt='0-2']")).containsText("WeChat shows the answer.");
        assertThat(phone.lines("reply")).hasCount(1);
    }

    @Test
    void onANarrowScreenTheClockStandsAboveTheMenu(Person alice) {
        WEIR.wechat()
                .pushTo(
                        "dev",
                        Gateways.http(
                                VERTX,
                                (push, response) ->
                                        VERTX.setTimer(1_500, late -> end(response, reply(push, "there you are")))));
        PhoneOnScreen phone = phone(alice, Look.PHONE);

        phone.tap("逛一逛", "sunck");
        assertThat(phone.page().locator("#running"))
                .containsText(Pattern.compile("CLICK: attempt 1 of 3, \\d\\.\\d s of 5 s"));
        Chromium.assertSound(phone.page());
        CHROMIUM.shoot(phone.page(), "phone-slow-390");

        phone.sees("there you are");
        assertThat(phone.page().locator("#running p")).hasCount(0);
    }

    @Test
    void whileAScanWaitsForItsAnswerMessageReceivingIsShown(Person alice) {
        WEIR.wechat()
                .pushTo(
                        "dev",
                        Gateways.http(
                                VERTX,
                                (push, response) ->
                                        VERTX.setTimer(1_000, late -> end(response, reply(push, "scanned")))));
        PhoneOnScreen phone = phone(alice, Look.DESK);

        phone.tap("扫码发图", "扫码带提示");
        phone.press("Scan");

        assertThat(phone.page().locator("#receiving")).isVisible();
        assertThat(phone.page().locator("#receiving")).containsText("消息接收中");
        phone.sees("scanned");
        assertThat(phone.page().locator("#receiving")).isHidden();
    }

    @Test
    void anAccountThatIsNotThereBringsTheFaultNoticeAfterThreeAttempts(Person alice) throws Exception {
        WEIR.wechat().pushTo("dev", Gateways.absent());
        PhoneOnScreen phone = phone(alice, Look.DESK);

        phone.write("anybody there?");

        assertThat(phone.lines("fault")).hasText(DeliveryVerdict.FAULT_NOTICE);
        assertThat(phone.push("text").locator(".attempt")).hasCount(3);
        assertThat(phone.push("text").locator(".attempt").last()).containsText("WeChat shows the fault notice.");
        Chromium.assertSound(phone.page());
        CHROMIUM.shoot(phone.page(), "phone-fault-1280");
    }

    @Test
    void aPageThatComesBackGoesOnWithWhatRuns(Person alice) {
        WEIR.wechat()
                .pushTo(
                        "dev",
                        Gateways.http(
                                VERTX,
                                (push, response) ->
                                        VERTX.setTimer(3_000, late -> end(response, reply(push, "slow answer")))));
        PhoneOnScreen phone = phone(alice, Look.DESK);
        phone.tap("逛一逛", "sunck");
        assertThat(phone.push("CLICK")).hasAttribute("data-state", "running");

        phone.page().reload();

        assertThat(phone.push("CLICK").locator("progress")).isVisible();
        phone.sees("slow answer");
    }

    private static PhoneOnScreen phone(Person person, Look look) {
        URI page = WEIR.wechat().phonePage().resolve("#dev/" + person.openid());
        return new PhoneOnScreen(CHROMIUM.open(page, look)).ready();
    }

    private static void end(HttpServerResponse response, String body) {
        if (!response.closed()) {
            response.end(body).onFailure(tooLate -> {});
        }
    }

    private static String reply(Buffer push, String text) {
        Matcher addresses = ADDRESSES.matcher(push.toString());
        if (!addresses.find()) {
            throw new AssertionError("no addresses in " + push);
        }
        return "<xml><ToUserName>" + addresses.group(2) + "</ToUserName><FromUserName>" + addresses.group(1)
                + "</FromUserName><CreateTime>1795180325</CreateTime><MsgType>text</MsgType><Content>" + text
                + "</Content></xml>";
    }
}
