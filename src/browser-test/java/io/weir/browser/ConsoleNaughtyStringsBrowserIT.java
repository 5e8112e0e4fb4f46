package io.weir.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import io.weir.Corpora;
import io.weir.OperatedGateway;
import io.weir.simulator.people.Person;
import io.weir.simulator.platform.PlatformAccount;
import io.weir.simulator.push.PushOrder;
import java.io.IOException;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nothing that comes with a push, or stands in a menu, is ever more than text on the console, and nothing of it breaks it. */
class ConsoleNaughtyStringsBrowserIT {
    @RegisterExtension
    static final OperatedGateway GATEWAY = OperatedGateway.open("""
            text: { default: { text: "{content}" } }
            CLICK: { default: { news: [{ title: "{eventKey}", description: "{eventKey}", picUrl: "{eventKey}", url: "{eventKey}" }] } }
            """);

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @Test
    void asTextsOnceTheyAreShown() throws IOException {
        Person writer = GATEWAY.person("writer");
        List<String> strings = strings();
        strings.forEach(writer::says);

        openEach("text", strings.size(), 12);
    }

    @Test
    void asKeys() throws IOException {
        Person tapper = GATEWAY.person("tapper");
        List<String> strings = strings();
        strings.forEach(string -> tapper.sends(PushOrder.of("CLICK").withKey(string)));

        openEach("CLICK", strings.size(), 25);
    }

    @Test
    void asOpenIds() throws IOException {
        List<String> strings = strings();
        strings.forEach(string -> HandMadePush.now().sendTap(GATEWAY.pushUrl(), string, string));

        openEach("CLICK", strings.size(), 25);
    }

    @Test
    void asNamesAndKeysOfButtonsAndInAFile() throws IOException {
        CHROMIUM.expect("422");
        CHROMIUM.expect("400");
        Page page = CHROMIUM.open(GATEWAY.console().resolve("#menu"), Look.PHONE);
        assertThat(page.locator(".live .phone-menu").first()).isVisible();
        List<String> strings =
                strings().stream().filter(string -> !string.isBlank()).toList();
        new ConsoleOnScreen(page).writeMenuFile("");
        for (int from = 0; from < strings.size(); from += 45) {
            ObjectNode menu = menu(strings.subList(from, Math.min(from + 45, strings.size())));
            show(menu);
            page.locator(".view-head button").click();
            assertThat(page.locator(".live:not([aria-busy]) .phone-menu").first())
                    .isVisible();
            new ConsoleOnScreen(page).writeMenuFile(menu.toString());
            assertThat(page.locator("[data-valid], .findings .problem").first()).isVisible();
            assertHarmless(page);
            new ConsoleOnScreen(page).does("mode-form");
            assertThat(page.locator(".phone-edit .phone-first").first()).isVisible();
            assertHarmless(page);
        }
    }

    @Test
    void asAnAddress() throws IOException {
        CHROMIUM.expect("400");
        CHROMIUM.expect("404");
        Page page = CHROMIUM.open(GATEWAY.console(), Look.PHONE);
        new ConsoleOnScreen(page).live();
        for (String string : strings().subList(0, 40)) {
            page.evaluate(
                    "string => { location.hash = '#pushes?' + new URLSearchParams({ account: string, type: string, openid: string }) }",
                    string);
            assertThat(page.locator(".filters [name='type']"))
                    .hasValue(string.strip().replace("\n", ""));
            assertHarmless(page);
        }
    }

    /** In the list all, in full some of them, at both widths. */
    private static void openEach(String type, int count, int step) {
        for (Look look : List.of(Look.PHONE, Look.DESK)) {
            Page page = CHROMIUM.open(GATEWAY.console().resolve("#pushes?type=" + type), look);
            new ConsoleOnScreen(page).live();
            assertHarmless(page);
            ConsoleOnScreen console = new ConsoleOnScreen(page);
            int rows = console.count();
            Assertions.assertThat(rows).isGreaterThanOrEqualTo(Math.min(count, 200));
            for (int row = 0; row < rows; row += step) {
                console.walk(row == 0 ? 1 : step);
                assertThat(page.locator("#push-detail .checks")).isVisible();
                page.locator("[data-does='reveal']").click();
                assertThat(page.locator("[data-does='reveal']")).hasText("Mask OpenIDs and texts");
                assertHarmless(page);
            }
            CHROMIUM.shoot(page, "console-naughty-" + type + "-" + look.width());
        }
    }

    /** No element but those that the page makes, no link out of it, and nothing wider than the window. */
    private static void assertHarmless(Page page) {
        Chromium.assertSound(page);
        Object strange = page.evaluate("""
                () => [...document.body.querySelectorAll('script, iframe, object, embed, style, link, base, meta, video, audio, form[action]')]
                    .concat([...document.querySelectorAll('[onerror], [onload], [onclick], [style]:not(#push-list > .space)')])
                    .concat([...document.querySelectorAll('img')]
                        .filter((node) => !['icon.svg', 'icon-alert.svg'].includes(node.getAttribute('src'))))
                    .concat([...document.querySelectorAll('a')].filter((node) => !node.getAttribute('href').startsWith('#')))
                    .map((node) => node.outerHTML.slice(0, 200))
                """);
        Assertions.assertThat((List<?>) strange).isEmpty();
    }

    /** XML has no place for what XML 1.0 forbids; Weir drops it. */
    private static List<String> strings() throws IOException {
        return Corpora.naughtyStrings().stream()
                .filter(string -> !string.isEmpty())
                .toList();
    }

    private static void show(ObjectNode menu) {
        PlatformAccount account = GATEWAY.wechat().account("dev");
        GATEWAY.wechat().platform().exclusively(() -> {
            account.menus().setByConsole(menu);
            return account;
        });
    }

    private static ObjectNode menu(List<String> strings) {
        ObjectNode menu = JsonNodeFactory.instance.objectNode();
        ArrayNode first = menu.putArray("button");
        for (int i = 0; i < strings.size(); i += 15) {
            List<String> some = strings.subList(i, Math.min(i + 15, strings.size()));
            ArrayNode second = first.addObject().put("name", some.get(0)).putArray("sub_button");
            some.forEach(string ->
                    second.addObject().put("type", "click").put("name", string).put("key", string));
        }
        return menu;
    }
}
