package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.weir.browser.Chromium;
import io.weir.browser.Look;
import io.weir.browser.PhoneOnScreen;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A newcomer starts {@code weir dev} and taps. */
class DevBrowserIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    /** Three seconds are the goal on a machine that does nothing else. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void theFirstReplyIsOnThePageSoonAfterTheStart() {
        CHROMIUM.warmUp();
        long begin = System.nanoTime();
        try (WeirProcess dev = WeirProcess.start(folder, "dev")) {
            URI url = URI.create(dev.awaitOut("phone page (http://\\S+)"));
            PhoneOnScreen phone = new PhoneOnScreen(CHROMIUM.open(url, Look.DESK)).ready();

            phone.tap("逛一逛", "sunck");
            phone.sees("sunck is a good man");
            Duration taken = Duration.ofNanos(System.nanoTime() - begin);

            CHROMIUM.shoot(phone.page(), "phone-first-reply-after-" + taken.toMillis() + "-ms");
            phone.page().close();
            assertThat(taken).isLessThan(LIMIT);
        }
    }

    @Test
    void aPushLeadsFromThePhoneToTheConsoleAndBack() {
        try (WeirProcess dev = WeirProcess.start(folder, "dev")) {
            URI url = URI.create(dev.awaitOut("phone page (http://\\S+)"));
            PhoneOnScreen phone = new PhoneOnScreen(CHROMIUM.open(url, Look.DESK)).ready();
            phone.tap("逛一逛", "sunck");
            phone.sees("sunck is a good man");
            String where = phone.page().url();

            Page console = phone.page()
                    .waitForPopup(
                            () -> phone.page().locator(".in-console").first().click());
            console.locator(".push-row").first().click();
            console.locator("[data-does='to-phone']").click();

            console.waitForURL(where);
            console.close();
            phone.page().close();
        }
    }

    @Test
    void everyButtonOfTheSampleMenuHasItsAnswer() {
        try (WeirProcess dev = WeirProcess.start(folder, "dev")) {
            URI url = URI.create(dev.awaitOut("phone page (http://\\S+)"));
            PhoneOnScreen phone = new PhoneOnScreen(CHROMIUM.open(url, new Look(900, 600, false, "en-GB"))).ready();

            phone.tap("更多", "今日要闻");
            phone.lines("reply").locator(".article").last().waitFor();
            for (String name : new String[] {"林志玲", "范冰冰", "关之琳"}) {
                phone.tap("更多", name);
                phone.sees(name + "为您服务");
            }
            phone.write("图片");
            phone.lines("reply").locator("img.picture").waitFor();
            phone.write("音乐");
            phone.lines("reply").last().getByText("晚安").waitFor();
            phone.tap("逛一逛", "sunck");
            phone.sees("sunck is a good man");
            CHROMIUM.shoot(phone.page(), "phone-dev");
            phone.page().close();
        }
    }
}
