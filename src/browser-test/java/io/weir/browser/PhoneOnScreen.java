package io.weir.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The phone page as a person uses it; the words on it are English. */
public record PhoneOnScreen(Page page) {
    /** Waits until the page knows its person. */
    public PhoneOnScreen ready() {
        assertThat(page.locator("main:not([aria-busy])")).isVisible();
        return this;
    }

    /** Opens a sub-menu and taps an entry, both by their names as shown. */
    public void tap(String first, String second) {
        tap(first);
        page.locator(".sub-menu:visible button:has(:text-is(\"" + second + "\"))")
                .click();
    }

    /** Taps a button of the first level. */
    public void tap(String first) {
        if (page.locator("#menubar").isHidden()) {
            page.locator("#to-menu").click();
        }
        page.locator(".menubar .first > button:has(:text-is(\"" + first + "\"))")
                .click();
    }

    public void write(String text) {
        if (page.locator("#typing").isHidden()) {
            page.locator("#menubar > .icon-button").click();
        }
        page.locator("#text").fill(text);
        page.locator(".send").click();
    }

    /** Presses a button of the dialogue that is open. */
    public void press(String words) {
        dialog().getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(words).setExact(true))
                .click();
    }

    public void choose(String person) {
        page.locator("#person").click();
        dialog().locator(".person-link:has(:text-is(\"" + person + "\"))").click();
    }

    public Locator dialog() {
        return page.locator("dialog[open]");
    }

    public Locator lines(String origin) {
        return page.locator("#chat [data-origin='" + origin + "']");
    }

    /** The newest push of a type. */
    public Locator push(String type) {
        return page.locator("#pushes [data-type='" + type + "']").first();
    }

    /** The newest reply has this text, once it is there. */
    public void sees(String reply) {
        assertThat(lines("reply").last()).hasText(reply);
    }
}
