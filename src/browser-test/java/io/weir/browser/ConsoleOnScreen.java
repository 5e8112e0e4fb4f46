package io.weir.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** The console as an operator uses it; the words on it are English. */
record ConsoleOnScreen(Page page) {
    /** Waits until the list of pushes is live. */
    ConsoleOnScreen live() {
        assertThat(page.locator(".live-state[data-state='live']")).isVisible();
        return this;
    }

    /** Follows the link of a view. */
    void goTo(String view) {
        page.locator("#views a[href='#" + view + "']").click();
        assertThat(page.locator("#views a[aria-current='page']")).hasAttribute("href", "#" + view);
    }

    /** How many pushes the list has; those that cannot be seen have no row. */
    int count() {
        return Integer.parseInt(page.locator("#push-list").getAttribute("data-count"));
    }

    /** Waits until the list has that many. */
    void has(int pushes) {
        assertThat(page.locator("#push-list")).hasAttribute("data-count", Integer.toString(pushes));
    }

    /** Goes down the list with the keyboard, and waits for the push that is chosen then. */
    void walk(int steps) {
        page.locator("#push-list").focus();
        for (int i = 0; i < steps; i++) {
            page.keyboard().press("ArrowDown");
        }
        String chosen = page.locator(".push-row[aria-selected='true']").getAttribute("data-push");
        assertThat(detail()).hasAttribute("data-push", chosen);
    }

    /** The rows that are drawn. */
    Locator rows() {
        return page.locator(".push-row");
    }

    /** The rows of an outcome. */
    Locator rows(String outcome) {
        return page.locator(".push-row[data-outcome='" + outcome + "']");
    }

    /** Opens the newest push of that outcome. */
    Locator open(String outcome) {
        rows(outcome).first().click();
        assertThat(detail().locator(".outcome." + outcome).first()).isVisible();
        return detail();
    }

    Locator detail() {
        return page.locator("#push-detail");
    }

    /** Fills a field of the filter, as somebody who leaves it then. */
    void filter(String field, String value) {
        Locator input = page.locator(".filters [name='" + field + "']");
        input.fill(value);
        input.blur();
    }

    /** Presses what has this purpose. */
    void does(String purpose) {
        page.locator("[data-does='" + purpose + "']").first().click();
    }

    /** Writes a menu file in the text view of the draft. */
    void writeMenuFile(String file) {
        does("mode-text");
        page.locator("#menu-file").fill(file);
    }

    Locator dialog() {
        return page.locator("dialog[open]");
    }

    /** Agrees to what the dialogue repeats. */
    void agree() {
        dialog().locator("[data-does='agree']").click();
        assertThat(dialog()).hasCount(0);
    }
}
