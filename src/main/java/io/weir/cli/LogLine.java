package io.weir.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * How one event of the log is written: a line of text, or of JSON. The text of an event is its name, which does not change; what
 * varies stands in its keys.
 *
 * <p>A value cannot end a line, steer a terminal or be taken for another key. Of exceptions the classes and places are written,
 * never their words: a handler's may be what a person wrote.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);
    /** Of a value, and of an event's name; longer ones end with an ellipsis. */
    private static final int MOST_CHARACTERS = 2_000;

    private static final int MOST_FRAMES = 40;
    private static final int MOST_CAUSES = 5;

    /** Loaded only where it is used: every start configures the log. */
    private final @Nullable JsonFactory jsonLines;

    /** How lines look. */
    enum Format {
        TEXT,
        JSON
    }

    LogLine(Format format) {
        this.jsonLines = format == Format.JSON ? new JsonFactory() : null;
    }

    boolean isJson() {
        return jsonLines != null;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        return jsonLines == null ? text(event) : json(event, jsonLines);
    }

    private static String text(ILoggingEvent event) {
        StringBuilder line =
                new StringBuilder(200).append(time(event)).append(' ').append(event.getLevel());
        pad(line, event.getLevel().toString().length());
        line.append(' ').append(logger(event)).append(' ');
        escape(event.getFormattedMessage(), false, line);
        for (KeyValuePair pair : pairs(event)) {
            line.append(' ').append(pair.key).append("=\"");
            escape(String.valueOf(pair.value), true, line);
            line.append('"');
        }
        line.append('\n');
        trace(event.getThrowableProxy(), line);
        return line.toString();
    }

    /** Levels are aligned. */
    private static void pad(StringBuilder line, int length) {
        if (length < 5) {
            line.append(' ');
        }
    }

    private static String json(ILoggingEvent event, JsonFactory jsonLines) {
        StringWriter line = new StringWriter(300);
        try (JsonGenerator json = jsonLines.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("time", time(event));
            json.writeStringField("level", event.getLevel().toString());
            json.writeStringField("logger", logger(event));
            json.writeStringField("event", shortened(event.getFormattedMessage()));
            for (KeyValuePair pair : pairs(event)) {
                json.writeFieldName(pair.key);
                value(pair.value, json);
            }
            if (event.getThrowableProxy() != null) {
                StringBuilder trace = new StringBuilder();
                trace(event.getThrowableProxy(), trace);
                json.writeStringField("exception", event.getThrowableProxy().getClassName());
                json.writeStringField("trace", trace.toString());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.append('\n').toString();
    }

    private static void value(@Nullable Object value, JsonGenerator json) throws IOException {
        if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Integer || value instanceof Long) {
            json.writeNumber(((Number) value).longValue());
        } else {
            json.writeString(shortened(String.valueOf(value)));
        }
    }

    private static String time(ILoggingEvent event) {
        return TIME.format(Instant.ofEpochMilli(event.getTimeStamp()));
    }

    private static String logger(ILoggingEvent event) {
        String name = event.getLoggerName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static List<KeyValuePair> pairs(ILoggingEvent event) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        return pairs == null ? List.of() : pairs;
    }

    private static String shortened(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + '…';
    }

    /** @param quoted whether it stands between quotes */
    private static void escape(String text, boolean quoted, StringBuilder out) {
        String shown = shortened(text);
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '"', '\\' -> out.append(quoted ? "\\" : "").append(c);
                default -> {
                    if (isPrinted(c)) {
                        out.append(c);
                    } else {
                        out.append(String.format("\\u%04x", (int) c));
                    }
                }
            }
        }
    }

    private static boolean isPrinted(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static void trace(@Nullable IThrowableProxy failure, StringBuilder out) {
        IThrowableProxy each = failure;
        for (int causes = 0; each != null && causes <= MOST_CAUSES; causes++) {
            out.append(causes == 0 ? "" : "Caused by: ")
                    .append(each.getClassName())
                    .append('\n');
            StackTraceElementProxy[] frames = each.getStackTraceElementProxyArray();
            int shown = Math.min(MOST_FRAMES, frames.length - each.getCommonFrames());
            for (int i = 0; i < shown; i++) {
                out.append('\t').append(frames[i].getSTEAsString()).append('\n');
            }
            if (shown < frames.length) {
                out.append("\t... ").append(frames.length - shown).append(" more\n");
            }
            each = each.getCause();
        }
    }
}
