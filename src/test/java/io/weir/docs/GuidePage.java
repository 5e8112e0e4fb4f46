package io.weir.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the documentation as somebody follows it: the commands of its blocks {@code sh} and {@code console} in order, and the files
 * that it has the reader write. A block of any other language is a file where the line before it ends with the file's name in
 * backticks and a colon; else it is only read. {@code <!-- Ctrl-C -->} stands where the reader stops what was started last.
 *
 * @param name below the folder of the documentation: {@code guide/menus}
 */
record GuidePage(String name, List<Step> steps) {
    private static final Pattern FENCE = Pattern.compile("^(\\s*)```(\\w*)\\s*$");
    private static final Pattern FILE = Pattern.compile("`([\\w./-]+\\.\\w+)`[^`]*[:：]$");
    private static final Pattern HERE = Pattern.compile("<<-?\\s*['\"]?(\\w+)['\"]?");
    private static final String PROMPT = "$ ";

    /** What the reader does. */
    sealed interface Step {
        /** Types it; {@code shown} is what the page says of its output, empty where it says nothing. */
        record Command(String text, List<String> shown, boolean mustSucceed) implements Step {}

        /** Writes a file. */
        record Written(String file, String text) implements Step {}

        /** Stops what was started last. */
        record CtrlC() implements Step {}
    }

    static GuidePage read(String name, Path file) {
        try {
            return new GuidePage(name, steps(Files.readAllLines(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Step> steps(List<String> lines) {
        List<Step> steps = new ArrayList<>();
        String before = "";
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            Matcher fence = FENCE.matcher(line);
            if (fence.matches()) {
                int end = end(lines, at + 1);
                List<String> block = lines.subList(at + 1, end).stream()
                        .map(each -> withoutIndent(each, fence.group(1)))
                        .toList();
                steps.addAll(block(fence.group(2), block, before));
                before = "";
                at = end;
            } else if (line.strip().equals("<!-- Ctrl-C -->")) {
                steps.add(new Step.CtrlC());
            } else if (!line.isBlank()) {
                before = line.strip();
            }
        }
        return steps;
    }

    private static int end(List<String> lines, int from) {
        int end = from;
        while (end < lines.size() && !lines.get(end).strip().equals("```")) {
            end++;
        }
        return end;
    }

    private static String withoutIndent(String line, String indent) {
        return line.startsWith(indent) ? line.substring(indent.length()) : line;
    }

    private static List<Step> block(String language, List<String> block, String before) {
        return switch (language) {
            case "sh" -> commands(block);
            case "console" -> shown(block);
            default -> {
                Matcher file = FILE.matcher(before);
                yield file.find()
                        ? List.of(new Step.Written(file.group(1), String.join("\n", block) + "\n"))
                        : List.of();
            }
        };
    }

    private static List<Step> commands(List<String> block) {
        List<Step> commands = new ArrayList<>();
        for (int at = 0; at < block.size(); ) {
            String text = command(block, at, block.get(at));
            if (!text.isBlank() && !text.strip().startsWith("#")) {
                commands.add(new Step.Command(text, List.of(), true));
            }
            at += (int) text.lines().count() + (text.isEmpty() ? 1 : 0);
        }
        return commands;
    }

    private static List<Step> shown(List<String> block) {
        List<Step> commands = new ArrayList<>();
        int at = 0;
        while (at < block.size()) {
            if (!block.get(at).startsWith(PROMPT)) {
                at++;
                continue;
            }
            String text = command(block, at, block.get(at).substring(PROMPT.length()));
            at += (int) text.lines().count();
            List<String> shown = new ArrayList<>();
            while (at < block.size() && !block.get(at).startsWith(PROMPT)) {
                shown.add(block.get(at++));
            }
            commands.add(new Step.Command(text, shown, false));
        }
        return commands;
    }

    /** A command with the lines that belong to it: of a here-document, of an open quote, after a backslash. */
    private static String command(List<String> block, int at, String first) {
        StringBuilder text = new StringBuilder(first);
        int next = at + 1;
        while (next < block.size() && isOpen(text.toString())) {
            text.append('\n').append(block.get(next++));
        }
        return text.toString();
    }

    private static boolean isOpen(String text) {
        if (text.endsWith("\\")) {
            return true;
        }
        Matcher here = HERE.matcher(text);
        if (here.find()) {
            return text.lines().skip(1).noneMatch(here.group(1)::equals);
        }
        return openQuote(text).isPresent();
    }

    private static Optional<Character> openQuote(String text) {
        Optional<Character> open = Optional.empty();
        for (int at = 0; at < text.length(); at++) {
            char each = text.charAt(at);
            if (open.isEmpty() && each == '#' && (at == 0 || text.charAt(at - 1) == ' ')) {
                return Optional.empty();
            }
            if (each == '\\' && !open.equals(Optional.of('\''))) {
                at++;
            } else if (open.isPresent() && open.get() == each) {
                open = Optional.empty();
            } else if (open.isEmpty() && (each == '\'' || each == '"')) {
                open = Optional.of(each);
            }
        }
        return open;
    }
}
