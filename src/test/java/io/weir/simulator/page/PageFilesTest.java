package io.weir.simulator.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page's files as they lie in the sources. */
class PageFilesTest {
    private static final Path FOLDER = Path.of("src/main/resources/io/weir/simulator/page");

    @Test
    void bothLanguagesHaveTheSameWordsWithTheSamePlaces() throws IOException {
        String words = read("words.js");
        int chinese = words.indexOf("\n  zh: {");

        assertThat(entries(words.substring(chinese)))
                .hasSizeGreaterThan(80)
                .containsExactlyElementsOf(entries(words.substring(0, chinese)));
    }

    @Test
    void noFileReadsTextAsHtmlOrRunsIt() throws IOException {
        for (Path file : files()) {
            assertThat(Files.readString(file))
                    .as(file.toString())
                    .doesNotContain(
                            "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function")
                    .doesNotContainPattern("(?i)<[a-z][^>]* on[a-z]+=|<[a-z][^>]* style=|<style|javascript:");
        }
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> own = Files.list(FOLDER);
                Stream<Path> shared = Files.list(Path.of("src/main/resources/io/weir/http/page"))) {
            return Stream.concat(own, shared).toList();
        }
    }

    /** Each key with the places in its words, as in "attempt number". */
    private static List<String> entries(String words) {
        return Pattern.compile("(?m)^    (\\w+): '(.*)',$")
                .matcher(words)
                .results()
                .map(entry -> entry.group(1) + " " + places(entry))
                .toList();
    }

    private static List<String> places(MatchResult entry) {
        return Pattern.compile("\\{\\w+}")
                .matcher(entry.group(2))
                .results()
                .map(MatchResult::group)
                .sorted()
                .toList();
    }

    private static String read(String name) throws IOException {
        return Files.readString(FOLDER.resolve(name));
    }
}
