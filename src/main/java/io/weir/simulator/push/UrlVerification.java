package io.weir.simulator.push;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What came of the GET with which WeChat verifies a push URL (push-protocol.md §2): the body of the answer has to be the
 * parameter {@code echostr}, byte for byte. Holds a valid signature, but neither Token nor key.
 *
 * @param uri as it was asked for
 * @param status of the answer; empty where none came
 * @param problem empty when WeChat would take the URL
 */
public record UrlVerification(URI uri, OptionalInt status, Duration time, Optional<Problem> problem) {
    /** What WeChat's settings page says when it does not take the URL. */
    public static final String REFUSED = "Token 验证失败";

    public boolean passed() {
        return problem.isEmpty();
    }

    /** The URL without what was added to it. */
    private String url() {
        String all = uri.toString();
        int added = Math.max(all.indexOf("?signature="), all.indexOf("&signature="));
        return added < 0 ? all : all.substring(0, added);
    }

    /** What happened in lines for people; the first says the result. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        String taken = " (GET " + url() + ", " + time.toMillis() + " ms)";
        lines.add(passed() ? "URL verification passed" + taken : REFUSED + taken);
        problem.ifPresent(why -> {
            lines.add("  found     " + why.found());
            lines.add("  expected  " + why.expected());
            lines.add("  do        " + why.remedy());
        });
        return lines;
    }

    /** The same for programs. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("passed", passed())
                .put("url", uri.toString())
                .put("millis", time.toMillis());
        status.ifPresent(code -> json.put("status", code));
        problem.ifPresent(why -> json.put("title", REFUSED)
                .put("found", why.found())
                .put("expected", why.expected())
                .put("do", why.remedy()));
        return json;
    }

    /**
     * Why WeChat would not take the URL.
     *
     * @param found what came back
     * @param expected what should have come back
     * @param remedy what to do about it
     */
    public record Problem(String found, String expected, String remedy) {}
}
