package io.weir.http.api;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was asked of a route. Prints nothing of it.
 *
 * @param path the parameters of the path
 * @param headers those of the request
 * @param stream the body where it is too large to be read whole: paused, {@code body} is empty
 * @param bearer whether the caller has sent a token that is known
 * @param rights those of that token, or of the one that the caller has logged in with; empty where it has neither
 * @param caller the name of that token
 * @param peer the address that it came from, a proxy's where there is one
 */
public record ApiRequest(
        Map<String, String> path,
        MultiMap query,
        MultiMap headers,
        Buffer body,
        Optional<HttpServerRequest> stream,
        boolean bearer,
        Optional<Set<Right>> rights,
        Optional<String> caller,
        String peer) {
    private static final Pattern ENTITY_TAG = Pattern.compile("\\s*(?:\"([^\"]*)\"|([0-9A-Za-z]+))\\s*");

    public ApiRequest {
        path = Map.copyOf(path);
    }

    /** The account that the path names. */
    public String account() {
        return inPath("account");
    }

    /** A parameter of the path. */
    public String inPath(String name) {
        return Optional.ofNullable(path.get(name))
                .orElseThrow(() -> new IllegalStateException("the route has no parameter " + name));
    }

    /**
     * The state that what is changed must have, as an ETag named it; empty where any will do.
     *
     * @throws ApiProblem 400 for more than one
     */
    public Optional<String> expectedState() {
        List<String> ifMatch = headers.getAll(HttpHeaders.IF_MATCH);
        if (ifMatch.isEmpty() || ifMatch.equals(List.of("*"))) {
            return Optional.empty();
        }
        Matcher tag = ENTITY_TAG.matcher(ifMatch.get(0));
        if (ifMatch.size() > 1 || !tag.matches()) {
            throw ApiProblem.badRequest("If-Match has to be one value as an ETag had it, in quotes, or *.");
        }
        return Optional.of(tag.group(1) == null ? tag.group(2) : tag.group(1));
    }

    /**
     * The fields of the body; none where there is no body.
     *
     * @param known their names; another one is refused, most often it is spelt wrong
     * @throws ApiProblem 400
     */
    public ApiFields fields(String... known) {
        return ApiFields.ofBody(body, known);
    }

    /**
     * The parameters of the query, as texts.
     *
     * @param known their names; another one is refused
     * @throws ApiProblem 400
     */
    public ApiFields parameters(String... known) {
        return ApiFields.ofQuery(query, known);
    }

    @Override
    public String toString() {
        return "a request to the admin port";
    }
}
