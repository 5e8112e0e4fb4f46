package io.weir.cli;

import java.io.Console;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where a command's words go: results to stdout, for pipes; talk to stderr, for people. Text is UTF-8 whatever the
 * locale says, except at a Windows console, which names its own charset. A closed pipe is not an error.
 */
public final class Terminal {
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int EMOJI_VARIATION = 0xFE0F;

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean colours;
    private final boolean isOfProcess;

    /** A terminal that writes elsewhere, for tests and for commands that run inside another. */
    public Terminal(Writer out, Writer err, boolean colours) {
        this(out, err, colours, false);
    }

    private Terminal(Writer out, Writer err, boolean colours, boolean isOfProcess) {
        this.out = new PrintWriter(out, true);
        this.err = new PrintWriter(err, true);
        this.colours = colours;
        this.isOfProcess = isOfProcess;
    }

    /** The terminal of this process. */
    public static Terminal system() {
        return new Terminal(
                writer(System.out), writer(System.err), coloursWanted(System.getenv(), stdoutIsATerminal()), true);
    }

    /** Colours are for people at a terminal that can show them, and only as long as they have not said no. */
    static boolean coloursWanted(Map<String, String> environment, boolean atTerminal) {
        return atTerminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** Prints a line of the result. */
    public void result(String line) {
        out.println(line);
    }

    /** Prints a line for the person who watches. */
    public void talk(String line) {
        err.println(line);
    }

    /** {@code text} in a colour where {@linkplain #colours() colours} are shown, otherwise {@code text} as it is. */
    public String paint(Colour colour, String text) {
        return colours ? "\u001B[" + colour.code + "m" + text + "\u001B[0m" : text;
    }

    public boolean colours() {
        return colours;
    }

    /** Asks the person at the terminal; empty where nobody is there to answer. Blocks until there is an answer. */
    public Optional<String> ask(String question) {
        return isOfProcess && stdoutIsATerminal()
                ? console().map(console -> console.readLine("%s", question))
                : Optional.empty();
    }

    /** Standard output; flushed at each line end. */
    public PrintWriter out() {
        return out;
    }

    /** Standard error; flushed at each line end. */
    public PrintWriter err() {
        return err;
    }

    /** Text that came from elsewhere, made harmless for a terminal: control characters other than tab and newline as {@code \}{@code u001b}. */
    public static String harmless(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            if (Character.isISOControl(c) && c != '\n' && c != '\t') {
                shown.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                shown.append((char) c);
            }
        });
        return shown.toString();
    }

    /** How wide a text is in columns of a terminal, where Chinese characters and emoji take two. */
    public static int columns(String text) {
        return text.codePoints().map(Terminal::columns).sum();
    }

    private static int columns(int character) {
        if (character == ZERO_WIDTH_JOINER
                || character == EMOJI_VARIATION
                || Character.getType(character) == Character.NON_SPACING_MARK) {
            return 0;
        }
        boolean isWide = Character.isIdeographic(character)
                || (character >= 0x1100 && character <= 0x115F)
                || (character >= 0x2E80 && character <= 0xA4CF)
                || (character >= 0xAC00 && character <= 0xD7A3)
                || (character >= 0xFE30 && character <= 0xFF60)
                || (character >= 0x1F000 && character <= 0x1FAFF);
        return isWide ? 2 : 1;
    }

    private static Writer writer(OutputStream stream) {
        return new OutputStreamWriter(stream, charset());
    }

    private static Charset charset() {
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        return console().filter(console -> windows).map(Console::charset).orElse(StandardCharsets.UTF_8);
    }

    /** Since Java 22 there can be a console without a terminal behind it; {@code Console.isTerminal} tells. */
    private static boolean stdoutIsATerminal() {
        Optional<Console> console = console();
        if (console.isEmpty()) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console.get());
        } catch (ReflectiveOperationException beforeJava22) {
            return true;
        }
    }

    @SuppressWarnings("SystemConsoleNull") // it does, where there is none, up to Java 21
    private static Optional<Console> console() {
        return Optional.ofNullable(System.console());
    }

    /** What a colour is for, not which one it is. */
    public enum Colour {
        GOOD("32"),
        BAD("31"),
        QUIET("2"),
        STRONG("1");

        private final String code;

        Colour(String code) {
            this.code = code;
        }
    }
}
