package io.weir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A page as GitHub reads it.
 *
 * @param headings in order
 * @param blocks fenced ones, in order
 * @param prose what is no code block, line by line; a line of a block is empty here
 */
record MarkdownPage(List<Heading> headings, List<CodeBlock> blocks, List<String> prose) {
    private static final Pattern FENCE = Pattern.compile("\\s*(`{3,}|~{3,})\\s*([\\w+-]*).*");
    private static final Pattern HEADING = Pattern.compile("(#{1,6}) +(.*?)(?: +#+)?\\s*");
    private static final Pattern CODE = Pattern.compile("(`+)(.+?)\\1");
    private static final Pattern LINK = Pattern.compile(
            "\\]\\(\\s*<?([^()\\s>]+(?:\\([^()\\s]*\\)[^()\\s>]*)?)>?(?:\\s+\"[^\"]*\")?\\s*\\)|^\\s*\\[[^\\]]+\\]:\\s+(\\S+)"
                    + "|<(?:a|img|source)\\b[^>]*?\\b(?:href|src|srcset)=\"([^\"]+)\"");
    private static final Pattern HTML_ANCHOR = Pattern.compile("<\\w+\\b[^>]*?\\b(?:id|name)=\"([^\"]+)\"");

    /** @param level from 1 */
    record Heading(int level, String text) {
        @Override
        public String toString() {
            return "#".repeat(level) + " " + text;
        }
    }

    /**
     * @param language as behind the fence
     * @param line of its first line, from 1
     */
    record CodeBlock(String language, int line, List<String> lines) {
        private static final Pattern COMMENT = Pattern.compile("(^|\\s+)(#|//|<!--)\\s.*");
        private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

        /** Whether the same stands there in another language: comments may differ, and lines of a picture in Chinese. */
        boolean isTranslatedBy(CodeBlock other) {
            List<String> mine = withoutComments();
            List<String> theirs = other.withoutComments();
            boolean isPicture = language.isEmpty() || language.equals("text");
            return language.equals(other.language)
                    && mine.size() == theirs.size()
                    && IntStream.range(0, mine.size())
                            .allMatch(at -> mine.get(at).equals(theirs.get(at))
                                    || (isPicture && HAN.matcher(theirs.get(at)).find()));
        }

        private List<String> withoutComments() {
            return lines.stream()
                    .map(each -> COMMENT.matcher(each).replaceFirst("").stripTrailing())
                    .filter(each -> !each.isEmpty())
                    .toList();
        }

        @Override
        public String toString() {
            return "line " + line + ", " + language + "\n" + String.join("\n", lines);
        }
    }

    static MarkdownPage read(Path file) throws IOException {
        List<Heading> headings = new ArrayList<>();
        List<CodeBlock> blocks = new ArrayList<>();
        List<String> prose = new ArrayList<>();
        String fence = "";
        for (String line : Files.readAllLines(file)) {
            Matcher border = FENCE.matcher(line);
            Matcher heading = HEADING.matcher(line);
            boolean isBorder = border.matches();
            prose.add(fence.isEmpty() && !isBorder ? line : "");
            if (!fence.isEmpty()) {
                if (isBorder
                        && border.group(1).startsWith(fence)
                        && border.group(2).isEmpty()) {
                    fence = "";
                } else {
                    blocks.get(blocks.size() - 1).lines.add(line);
                }
            } else if (isBorder) {
                fence = border.group(1);
                blocks.add(new CodeBlock(border.group(2), prose.size() + 1, new ArrayList<>()));
            } else if (heading.matches()) {
                headings.add(new Heading(heading.group(1).length(), heading.group(2)));
            }
        }
        return new MarkdownPage(headings, blocks, prose);
    }

    /** Where links lead, with the line of the first. */
    Map<String, Integer> links() {
        Map<String, Integer> links = new LinkedHashMap<>();
        for (int line = 0; line < prose.size(); line++) {
            Matcher link = LINK.matcher(CODE.matcher(prose.get(line)).replaceAll(" "));
            while (link.find()) {
                String target = link.group(1) != null ? link.group(1) : link.group(2);
                links.putIfAbsent(target != null ? target : link.group(3), line + 1);
            }
        }
        return links;
    }

    /** What stands in backticks in a line of prose. */
    static List<String> codeSpans(String line) {
        return CODE.matcher(line).results().map(each -> each.group(2).strip()).toList();
    }

    /** What may follow {@code #} in a link to this page. */
    Set<String> anchors() {
        Set<String> anchors = new LinkedHashSet<>();
        Map<String, Integer> times = new HashMap<>();
        for (Heading heading : headings) {
            String anchor = anchor(heading.text);
            int before = times.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        }
        prose.forEach(line -> HTML_ANCHOR.matcher(line).results().forEach(each -> anchors.add(each.group(1))));
        return anchors;
    }

    /** GitHub's: words in lower case, joined by hyphens, without punctuation. */
    static String anchor(String heading) {
        return heading.replaceAll("!?\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{Pc} -]", "")
                .strip()
                .replace(' ', '-');
    }
}
