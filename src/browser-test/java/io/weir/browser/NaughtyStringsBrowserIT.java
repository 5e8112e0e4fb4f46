package io.weir.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import io.weir.Corpora;
import io.weir.simulator.people.Person;
import io.weir.simulator.platform.Follower;
import io.weir.simulator.platform.Follower.Client;
import io.weir.simulator.platform.PlatformAccount;
import io.weir.simulator.push.PushOrder;
import io.weir.testkit.WeirExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that somebody writes is ever more than text on the page, and nothing of it breaks the page. */
class NaughtyStringsBrowserIT {
    @RegisterExtension
    static final WeirExtension WEIR = WeirExtension.create().replies("""
            text: { default: { text: "{content}" } }
            CLICK: { default: { news: [{ title: "{eventKey}", description: "{eventKey}", picUrl: "{eventKey}", url: "{eventKey}" }] } }
            """);

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    /** Every string of the corpus in a chat of 500 lines is more than the chat keeps: two chats then. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void asTextsAndReplies(int half) throws IOException {
        List<String> all = Corpora.naughtyStrings();
        List<String> strings = all.subList(half * all.size() / 2, (half + 1) * all.size() / 2);
        Person person = WEIR.person("writer");
        strings.stream().filter(string -> !string.isEmpty()).forEach(person::says);

        Page page = open(person.openid());

        assertThat(page.locator("#chat .line").first()).isAttached();
        assertHarmless(page);
        List<String> shown = page.locator("#chat .mine .words").allTextContents();
        Assertions.assertThat(shown).isSubsetOf(strings).hasSizeGreaterThan(200);
        CHROMIUM.shoot(page, "phone-naughty-" + half);
    }

    @Test
    void asNamesAndKeysOfButtons() throws IOException {
        List<String> strings = Corpora.naughtyStrings().stream()
                .filter(string -> !string.isBlank() && !string.contains("\u0000"))
                .toList();
        Person person = WEIR.person("tapper");
        Page page = open(person.openid());
        for (int from = 0; from < strings.size(); from += 15) {
            show(menu(strings.subList(from, Math.min(from + 15, strings.size()))));
            person.phone().fetchMenu();
            for (int first = 0; first < page.locator(".menubar .first").count(); first++) {
                page.locator(".menubar .first > button").nth(first).click();
                assertHarmless(page);
            }
        }
    }

    @Test
    void asKeysThatAreAnsweredAndShownInThePanel() throws IOException {
        Person person = WEIR.person("key");
        List<String> strings = Corpora.naughtyStrings().stream()
                .filter(string -> !string.isBlank() && string.getBytes(StandardCharsets.UTF_8).length <= 128)
                .toList();
        for (int from = 0; from < strings.size(); from += 50) {
            strings.subList(from, Math.min(from + 50, strings.size()))
                    .forEach(string -> person.sends(PushOrder.of("CLICK").withKey(string)));
            Page page = open(person.openid());
            assertThat(page.locator(".push").first()).isAttached();
            page.evaluate("() => document.querySelectorAll('details').forEach((one) => (one.open = true))");
            assertHarmless(page);
            page.close();
        }
    }

    @Test
    void asNamesOfPeople() throws IOException {
        List<String> strings = Corpora.naughtyStrings();
        for (int i = 0; i < strings.size(); i += 8) {
            String name = strings.get(i);
            WEIR.wechat()
                    .people("dev")
                    .put(new Follower("oNaughty" + i, "w" + i, name, true, Client.IOS, "zh_CN", List.of()));
        }
        Page page = open("oNaughty8");

        page.locator("#person").click();

        assertThat(page.locator("dialog .person-link").first()).isVisible();
        assertHarmless(page);
        CHROMIUM.shoot(page, "phone-naughty-people");
    }

    private static Page open(String openid) {
        URI page = WEIR.wechat().phonePage().resolve("#dev/" + openid);
        return new PhoneOnScreen(CHROMIUM.open(page, Look.PHONE)).ready().page();
    }

    /** No element but those that the page makes, no dialogue of the browser, and nothing wider than the window. */
    private static void assertHarmless(Page page) {
        Chromium.assertSound(page);
        Object strange = page.evaluate("""
                () => [...document.body.querySelectorAll('script, iframe, object, embed, style, link, base, meta, video, audio')]
                    .map((node) => node.outerHTML)
                    .concat([...document.querySelectorAll('[onerror], [onload], [onclick], [style]:not(.pin)')].map((n) => n.outerHTML))
                    .concat([...document.querySelectorAll('img')].map((n) => n.getAttribute('src'))
                        .filter((src) => !/^(\\/media\\/|pictures\\/|map.svg)/.test(src)))
                """);
        Assertions.assertThat((List<?>) strange).isEmpty();
    }

    /** Around the simulated API, which would refuse most of it: WeChat's own checks are not known to the last. */
    private static void show(ObjectNode menu) {
        PlatformAccount account = WEIR.wechat().account("dev");
        WEIR.wechat().platform().exclusively(() -> {
            account.menus().setByConsole(menu);
            return account;
        });
    }

    private static ObjectNode menu(List<String> strings) {
        ObjectNode menu = JsonNodeFactory.instance.objectNode();
        ArrayNode first = menu.putArray("button");
        for (int i = 0; i < strings.size(); i += 5) {
            List<String> five = strings.subList(i, Math.min(i + 5, strings.size()));
            ArrayNode second = first.addObject().put("name", five.get(0)).putArray("sub_button");
            five.forEach(string ->
                    second.addObject().put("type", "click").put("name", string).put("key", string));
        }
        return menu;
    }
}
