package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the reference, parts of which are made from the code: what stands between <code>&lt;!-- generated: NAME --&gt;</code> and
 * <code>&lt;!-- end --&gt;</code>. The rest of it is written by hand, in each language.
 */
public final class GeneratedPage {
    private static final Pattern PART =
            Pattern.compile("(<!-- generated: (\\w+) -->)(.*?)(<!-- end -->)", Pattern.DOTALL);

    private GeneratedPage() {}

    /**
     * Fails where a part says something else than it should; with {@code -Dweir.write=true} it is written anew first.
     *
     * @param parts by name
     */
    public static void assertUpToDate(String language, String page, Map<String, String> parts) throws IOException {
        Path file = Path.of("src/docs", language, page);
        String text = Files.readString(file);
        assertThat(PART.matcher(text).results().map(part -> part.group(2)))
                .as("parts of %s", file)
                .containsExactlyInAnyOrderElementsOf(parts.keySet());
        String wanted = PART.matcher(text)
                .replaceAll(part -> Matcher.quoteReplacement(part.group(1) + parts.get(part.group(2)) + part.group(4)));
        if (Boolean.getBoolean("weir.write")) {
            Files.writeString(file, wanted);
        }

        assertThat(file)
                .as("a page made from the code: write it anew with -Dweir.write=true, as CONTRIBUTING.md says")
                .hasContent(wanted);
    }

    /** A part that stands on lines of its own. */
    public static String lines(String text) {
        return "\n\n" + text.strip() + "\n\n";
    }

    /** The first two lines of a table. */
    public static String header(String... cells) {
        return row(cells) + "|---".repeat(cells.length) + "|\n";
    }

    /** A row of a table. */
    public static String row(String... cells) {
        return "| " + String.join(" | ", cells).replace("\n", " ") + " |\n";
    }

    /**
     * Chinese for English texts of the code: a file of lines {@code English | 中文}. Keyed by the English, so that a text that changes asks
     * for a new translation.
     */
    public static final class Translations {
        private final Path file;
        private final boolean english;
        private final Map<String, String> chinese = new HashMap<>();
        private final Set<String> used = new HashSet<>();

        private Translations(Path file, boolean english) {
            this.file = file;
            this.english = english;
        }

        /**
         * Reads a file of {@code src/test/resources/docs}.
         *
         * @param english whether texts stay as they are
         */
        public static Translations read(String name, boolean english) throws IOException {
            Translations read = new Translations(Path.of("src/test/resources/docs", name), english);
            for (String line : Files.readAllLines(read.file)) {
                if (!line.startsWith("# ")) {
                    int border = line.lastIndexOf(" | ");
                    read.chinese.put(line.substring(0, border), line.substring(border + 3));
                }
            }
            return read;
        }

        public String of(String text) {
            return named(text, text);
        }

        /** The same of a long text, whose Chinese stands under a name. */
        public String named(String name, String text) {
            used.add(name);
            return english ? text : chinese.getOrDefault(name, "");
        }

        /** Fails where a text has no Chinese, or Chinese has no text. */
        public void assertComplete() {
            assertThat(chinese.keySet()).as("English texts of %s", file).containsExactlyInAnyOrderElementsOf(used);
        }
    }
}
