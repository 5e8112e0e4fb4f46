package io.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.weir.MarkdownPage.CodeBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages for users: two languages that say the same, links that lead somewhere. Each test names everything that is to be mended. */
class DocsTest {
    private static final Path DOCS = Path.of("src/docs");
    private static final List<String> OTHERS = List.of(
            "README.md", "README.zh-CN.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "src/adr", "src/docs");

    /** Of README.md: what does not fit belongs to a page of its own. */
    private static final int MOST_LINES = 150;

    private static final List<String> PAGES = List.of(
            "tutorial/first-handler",
            "tutorial/test-account",
            "guide/real-account",
            "guide/production",
            "guide/handlers",
            "guide/backends",
            "guide/rotate-secrets",
            "guide/menus",
            "guide/testing",
            "guide/migrate-from-wxjava",
            "guide/migrate-from-easywechat",
            "ops/runbook",
            "ops/monitoring",
            "reference/configuration",
            "reference/cli",
            "reference/error-codes",
            "reference/metrics",
            "reference/replies",
            "reference/refusals",
            "reference/simulator",
            "reference/http-api",
            "explanation/once-and-in-time",
            "explanation/architecture",
            "explanation/security",
            "explanation/performance");

    private final List<String> findings = new ArrayList<>();

    @Test
    void eachPageIsThereInBothLanguages() throws IOException {
        Map<String, Path> english = pages("en");
        Map<String, Path> chinese = pages("zh");
        english.entrySet().stream()
                .filter(each -> !chinese.containsKey(each.getKey()))
                .forEach(each -> report(each.getValue(), "has no Chinese page: write src/docs/zh/" + each.getKey()));
        chinese.entrySet().stream()
                .filter(each -> !english.containsKey(each.getKey()))
                .forEach(each -> report(each.getValue(), "has no English page: write src/docs/en/" + each.getKey()));

        assertNothingFound();
    }

    @Test
    void hasThePagesThatReadersLookFor() {
        Stream.of("en", "zh")
                .flatMap(language ->
                        PAGES.stream().map(page -> DOCS.resolve(language).resolve(page + ".md")))
                .filter(page -> !Files.exists(page))
                .forEach(page -> report(page, "is missing"));

        assertNothingFound();
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh-CN.md"})
    void theFirstPageIsShort(String file) throws IOException {
        assertThat(Files.readAllLines(Path.of(file))).as(file).hasSizeLessThanOrEqualTo(MOST_LINES);
    }

    @Test
    void bothLanguagesHaveTheSameHeadingsAndCodeBlocks() throws IOException {
        Map<String, Path> chinese = pages("zh");
        compare(Path.of("README.md"), Path.of("README.zh-CN.md"));
        for (Map.Entry<String, Path> page : pages("en").entrySet()) {
            if (chinese.containsKey(page.getKey())) {
                compare(page.getValue(), chinese.get(page.getKey()));
            }
        }

        assertNothingFound();
    }

    @Test
    void eachLinkLeadsToAFileAndAHeading() throws IOException {
        Map<Path, MarkdownPage> read = new HashMap<>();
        for (Path file : files()) {
            read.put(file, MarkdownPage.read(file));
        }
        read.forEach((file, page) -> page.links()
                .forEach((target, line) -> broken(file, target, read)
                        .ifPresent(why -> findings.add(file + ":" + line + ": link " + target + ": " + why))));

        assertNothingFound();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Once, and in time | once-and-in-time",
                "`weir_degraded` and **more** | weir_degraded-and-more",
                "该公众号提供的服务出现故障 | 该公众号提供的服务出现故障",
                "后端：`format: wechat`（旧系统） | 后端format-wechat旧系统",
                "What happens when… | what-happens-when",
                "[ADR 1](x.md) / 2 | adr-1--2"
            })
    void anchorsAreThoseOfGitHub(String heading, String anchor) {
        assertThat(MarkdownPage.anchor(heading)).isEqualTo(anchor);
    }

    private void compare(Path english, Path chinese) throws IOException {
        MarkdownPage one = MarkdownPage.read(english);
        MarkdownPage other = MarkdownPage.read(chinese);
        differences(one.headings(), other.headings(), (first, second) -> first.level() == second.level())
                .forEach(at -> report(
                        chinese,
                        "heading " + (at + 1) + " has another level: " + shown(one.headings(), at) + " in English, "
                                + shown(other.headings(), at) + " in Chinese"));
        differences(one.blocks(), other.blocks(), CodeBlock::isTranslatedBy)
                .forEach(at -> report(
                        chinese,
                        "code block " + (at + 1) + " differs in more than comments:\n--- " + english + ", "
                                + shown(one.blocks(), at) + "\n--- " + chinese + ", " + shown(other.blocks(), at)));
    }

    /** Places, only the first where one list is longer. */
    private static <T> List<Integer> differences(List<T> one, List<T> other, BiPredicate<T, T> same) {
        int both = Math.min(one.size(), other.size());
        List<Integer> places = IntStream.range(0, both)
                .filter(at -> !same.test(one.get(at), other.get(at)))
                .boxed()
                .toList();
        if (one.size() == other.size()) {
            return places;
        }
        return List.of(places.isEmpty() ? both : places.get(0));
    }

    private static String shown(List<?> all, int at) {
        return at < all.size() ? all.get(at).toString() : "nothing";
    }

    private static Optional<String> broken(Path from, String target, Map<Path, MarkdownPage> read) {
        if (target.matches("[a-z][a-z+.-]*:.*")) {
            return Optional.empty();
        }
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty()
                ? from
                : Path.of("").resolve(from).resolveSibling(parts[0]).normalize();
        if (!Files.exists(file)) {
            return Optional.of("there is no file " + file);
        }
        MarkdownPage page = read.get(file);
        if (parts.length == 1 || page == null) {
            return Optional.empty();
        }
        return page.anchors().contains(parts[1])
                ? Optional.empty()
                : Optional.of("no heading of " + file + " has that anchor; it has " + page.anchors());
    }

    private void report(Path file, String what) {
        findings.add(file + ": " + what);
    }

    private void assertNothingFound() {
        if (!findings.isEmpty()) {
            fail(findings.size() + " to mend:\n" + String.join("\n", findings));
        }
    }

    /** By path below the language. */
    private static Map<String, Path> pages(String language) throws IOException {
        Path folder = DOCS.resolve(language);
        Map<String, Path> pages = new TreeMap<>();
        markdown(folder)
                .forEach(file -> pages.put(folder.relativize(file).toString().replace('\\', '/'), file));
        return pages;
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String place : OTHERS) {
            files.addAll(markdown(Path.of(place)));
        }
        return files;
    }

    private static List<Path> markdown(Path place) throws IOException {
        try (Stream<Path> all = Files.walk(place)) {
            return all.filter(file -> file.toString().endsWith(".md")).sorted().toList();
        }
    }
}
