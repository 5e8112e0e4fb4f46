package io.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The console's files as they lie in the sources. */
class ConsolePagesTest {
    private static final Path FOLDER = Path.of("src/main/resources/io/weir/admin/console");
    /** What the simulator's page has as well. */
    private static final Path SHARED = Path.of("src/main/resources/io/weir/http/page");

    @Test
    void bothLanguagesHaveTheSameWordsWithTheSamePlaces() throws IOException {
        assertThat(entries("words-zh.js")).hasSizeGreaterThan(200).containsExactlyElementsOf(entries("words-en.js"));
    }

    @Test
    void everyWordThatIsAskedForIsThere() throws IOException {
        String english = read("words-en.js");

        for (String name : names()) {
            List<String> asked = found("\\bword\\('([\\w.]+)'|data-(?:word|label)=\"(\\w+)\"", read(name));
            assertThat(asked)
                    .as(name)
                    .allMatch(word -> english.contains("\n  " + word + ": '")
                            || english.contains("\n  " + word + ": \"")
                            || english.contains("\n  '" + word + "': "));
        }
    }

    @Test
    void everyFileThatIsImportedOrLinkedIsThereAndNoOtherOne() throws IOException {
        List<String> asked = names().stream()
                .flatMap(name ->
                        found("from '\\./([\\w-]+\\.js)'|(?:src|href)=\"([\\w-]+\\.\\w+)\"", readUnchecked(name))
                                .stream())
                .filter(name -> !name.startsWith("uplot."))
                .distinct()
                .collect(Collectors.toList());
        asked.add("index.html");

        assertThat(asked).containsExactlyInAnyOrderElementsOf(names());
    }

    @Test
    void noFileReadsTextAsHtmlOrRunsItOrKeepsTheToken() throws IOException {
        for (String name : names()) {
            assertThat(read(name))
                    .as(name)
                    .doesNotContain(
                            "innerHTML",
                            "outerHTML",
                            "insertAdjacentHTML",
                            "document.write",
                            "eval(",
                            "new Function",
                            "sessionStorage")
                    .doesNotContainPattern(
                            "(?i)<[a-z][^>]* on[a-z]+=|<[a-z][^>]* style=|<style|javascript:|https?://(?!www\\.w3\\.org)");
        }
    }

    /** Each name with the places in its words, as in "attempt number". */
    private static List<String> entries(String file) throws IOException {
        return Pattern.compile("(?m)^  '?([\\w.]+)'?: (.*),$")
                .matcher(read(file))
                .results()
                .map(entry -> entry.group(1) + " " + String.join(",", sorted(found("\\{(\\w+)}", entry.group(2)))))
                .toList();
    }

    private static List<String> sorted(List<String> places) {
        return places.stream().sorted().toList();
    }

    /** What the first group that is there has, of each match. */
    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(ConsolePagesTest::group)
                .toList();
    }

    private static String group(MatchResult match) {
        return Stream.iterate(1, group -> group <= match.groupCount(), group -> group + 1)
                .flatMap(group -> Stream.ofNullable(match.group(group)))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names() throws IOException {
        try (Stream<Path> own = Files.list(FOLDER);
                Stream<Path> shared = Files.list(SHARED)) {
            return Stream.concat(own, shared)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private static String readUnchecked(String name) {
        try {
            return read(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(String name) throws IOException {
        Path own = FOLDER.resolve(name);
        return Files.readString(Files.exists(own) ? own : SHARED.resolve(name));
    }
}
