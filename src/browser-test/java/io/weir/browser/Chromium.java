package io.weir.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A browser for the tests of a class, registered as a static field. After each test it demands that no page logged an error,
 * threw one, or asked anybody but this machine for anything, and closes the pages. One thread.
 */
public final class Chromium implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final double LIMIT_MILLIS = 15_000;
    /** The system's own; Playwright's are not downloaded. */
    private static final Path EXECUTABLE =
            Path.of(Optional.ofNullable(System.getenv("CHROMIUM")).orElse("/usr/bin/chromium"));

    private static final String AXE = axe();

    private final List<BrowserContext> open = new ArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> expected = new ArrayList<>();
    private @Nullable Playwright playwright;
    private @Nullable Browser browser;

    /** Opens a page of this machine in a browser of its own: no other page's storage is there. */
    public Page open(URI url, Look look) {
        BrowserContext context = browser().newContext(look.context());
        context.setDefaultTimeout(LIMIT_MILLIS);
        context.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add("console: " + message.text());
            }
        });
        context.onWebError(error -> complaints.add("error: " + error.error()));
        context.onDialog(dialog -> {
            complaints.add("dialogue: " + dialog.message());
            dialog.dismiss();
        });
        context.onRequest(request -> {
            String host = URI.create(request.url()).getHost();
            if (host != null && !host.equals("127.0.0.1")) {
                complaints.add("request to " + request.url());
            }
        });
        open.add(context);
        Page page = context.newPage();
        page.navigate(url.toString());
        return page;
    }

    /** Starts the browser's own processes, so that the first page need not wait for them. */
    public void warmUp() {
        BrowserContext context = browser().newContext();
        context.newPage();
        context.close();
    }

    /** Lets the pages of this test complain in these words, which the browser uses of answers that are no success. */
    public void expect(String words) {
        expected.add(words);
    }

    /** Writes what is seen, once all pictures are there, to {@code target/screenshots}. */
    public void shoot(Page page, String name) {
        page.waitForFunction("() => [...document.images].every((image) => image.complete)");
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    /** The same with what would have to be scrolled to. */
    public void shootWhole(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    /** Nothing is wider than its page, and the page is not wider than the window. */
    private static void assertFits(Page page) {
        Object tooWide = page.evaluate("""
                () => [...document.querySelectorAll('body, body *')]
                    .filter((node) => node.checkVisibility() && node.getBoundingClientRect().right > innerWidth + 1)
                    .filter((node) => ![...clipping(node)].length)
                    .map((node) => node.outerHTML.slice(0, 200))
                    .concat(document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : []);
                function* clipping(node) {
                    for (let box = node.parentElement; box && box !== document.body; box = box.parentElement) {
                        if (getComputedStyle(box).overflowX !== 'visible' && box.getBoundingClientRect().right <= innerWidth + 1) {
                            yield box;
                        }
                    }
                }
                """);
        assertThat((List<?>) tooWide).as("wider than the window").isEmpty();
    }

    /**
     * It fits, and axe finds nothing in what is seen. Of the looks light English and dark Chinese are asked: each width, colour scheme and
     * language once.
     */
    public static void assertSound(Page page) {
        assertFits(page);
        boolean asked = (Boolean) page.evaluate("""
                () => (document.documentElement.lang === 'zh-CN') === matchMedia('(prefers-color-scheme: dark)').matches""");
        if (asked) {
            assertAccessible(page);
        }
    }

    /**
     * axe-core's rules, those for best practice too. It comes over the debugger, which the page's security policy does not bind. Left out
     * is the one for links to a place in the page: views and people have addresses behind # here.
     */
    private static void assertAccessible(Page page) {
        page.evaluate(AXE);
        Object found = page.evaluate("""
                async () => (await axe.run(document, { resultTypes: ['violations'], rules: { 'skip-link': { enabled: false } } }))
                    .violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, any, all, none }) =>
                        `${id}, ${help}: ${target}: ${[...any, ...all, ...none][0]?.message}`))""");
        assertThat((List<?>) found).as("what axe finds at %s", page.url()).isEmpty();
    }

    private static String axe() {
        try (InputStream source = Objects.requireNonNull(Chromium.class.getResourceAsStream("/axe.min.js"))) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Browser browser() {
        return Objects.requireNonNull(browser, "register it as a static field with @RegisterExtension");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Map<String, String> environment = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        Playwright started = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        playwright = started;
        browser = started.chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(EXECUTABLE)
                        .setArgs(List.of("--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        open.forEach(BrowserContext::close);
        open.clear();
        List<String> heard = complaints.stream()
                .filter(complaint -> expected.stream().noneMatch(complaint::contains))
                .toList();
        complaints.clear();
        expected.clear();
        assertThat(heard).as("what the pages complained of").isEmpty();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (playwright != null) {
            playwright.close();
        }
    }
}
