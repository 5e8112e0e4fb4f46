package io.weir.http;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code traceparent} of W3C Trace Context: what a proxy in front calls the request by. It is passed on as it came, to
 * backends and to WeChat; Weir adds no span of its own.
 */
public final class TraceParent {
    /** In lower case, as HTTP headers are looked up. */
    public static final String HEADER = "traceparent";

    private static final int LENGTH = 55;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceParent() {}

    /** The value of a header; empty where there is none, or one of another form. */
    public static Optional<String> of(@Nullable String header) {
        return header != null
                        && header.length() == LENGTH
                        && FORM.matcher(header).matches()
                ? Optional.of(header)
                : Optional.empty();
    }
}
