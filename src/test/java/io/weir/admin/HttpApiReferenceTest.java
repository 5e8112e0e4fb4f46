package io.weir.admin;

import static io.weir.GeneratedPage.header;
import static io.weir.GeneratedPage.row;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.GeneratedPage;
import io.weir.GeneratedPage.Translations;
import io.weir.admin.OpenApiDocument.Operation;
import io.weir.http.api.Access;
import io.weir.http.api.ApiRoute;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of the admin port's routes is made from openapi.json and from the rights in the table of routes. */
@ExtendWith(VertxExtension.class)
class HttpApiReferenceTest {
    private static final OpenApiDocument DOCUMENT = OpenApiDocument.SHIPPED;

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void isUpToDate(String language, Vertx vertx) throws IOException {
        boolean english = language.equals("en");
        Translations words = Translations.read("http-api.txt", english);
        Map<String, ApiRoute> routes = OpenApiTest.routes(vertx).stream()
                .collect(Collectors.toMap(route -> route.method() + " " + route.path(), Function.identity()));
        StringBuilder page = new StringBuilder();
        for (JsonNode tag : DOCUMENT.root.path("tags")) {
            String name = tag.path("name").asText();
            page.append("## ").append(name).append("\n\n");
            page.append(words.of(tag.path("description").asText())).append("\n\n");
            page.append(
                    english
                            ? header("request", "what it does", "right", "parameters", "statuses")
                            : header("请求", "含义", "权限", "参数", "状态码"));
            DOCUMENT.operations().stream()
                    .filter(each -> each.json().at("/tags/0").asText().equals(name))
                    .forEach(each -> page.append(row(
                            "`" + each + "`",
                            words.of(each.json().path("summary").asText()),
                            right(Objects.requireNonNull(routes.get(each.toString())), english),
                            parameters(each),
                            String.join(
                                    " ",
                                    each.json().path("responses").properties().stream()
                                            .map(Map.Entry::getKey)
                                            .toList()))));
            page.append('\n');
        }
        words.assertComplete();

        GeneratedPage.assertUpToDate(
                language, "reference/http-api.md", Map.of("routes", GeneratedPage.lines(page.toString())));
    }

    private static String right(ApiRoute route, boolean english) {
        if (route.access() == Access.OPEN || route.access() == Access.VISITOR) {
            return english ? "none" : "无";
        }
        String right = "`" + route.right().word() + "`";
        return route.access() == Access.BEARER ? right + (english ? ", always with a token" : "，总须凭证") : right;
    }

    /** Of the query, the headers and the body, by name; those of the path stand in it. */
    private static String parameters(Operation operation) {
        Stream<String> named = OpenApiDocument.stream(operation.json().path("parameters"))
                .map(DOCUMENT::resolve)
                .map(each -> each.path("name").asText());
        JsonNode content =
                DOCUMENT.resolve(operation.json().path("requestBody")).path("content");
        List<String> fields = content.properties().stream()
                .flatMap(each ->
                        DOCUMENT.resolve(each.getValue().path("schema")).path("properties").properties().stream())
                .map(Map.Entry::getKey)
                .distinct()
                .toList();
        Stream<String> inBody =
                fields.isEmpty() ? content.properties().stream().map(Map.Entry::getKey) : fields.stream();
        return Stream.concat(named, inBody).map(each -> "`" + each + "`").collect(Collectors.joining(" "));
    }
}
