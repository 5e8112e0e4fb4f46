package io.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.admin.OpenApiDocument.Operation;
import io.weir.http.api.Access;
import io.weir.http.api.ApiRoute;
import io.weir.journal.TestJournal;
import io.weir.journal.TestPushPort;
import io.weir.wechat.message.Reply;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class OpenApiTest {
    private static final OpenApiDocument DOCUMENT = OpenApiDocument.SHIPPED;
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-zA-Z]+)}");

    @Test
    void describesEveryRouteAndNothingElse(Vertx vertx) {
        List<ApiRoute> routes = routes(vertx);

        assertThat(DOCUMENT.operations())
                .extracting(Operation::toString)
                .containsExactlyInAnyOrderElementsOf(routes.stream()
                        .map(route -> route.method() + " " + route.path())
                        .toList());
    }

    @Test
    void whatItDescribesIsAnswered(Vertx vertx) throws Exception {
        TestAdmin admin = TestAdmin.start(vertx, Optional.of(TestAdmin.TOKEN));
        String id = Long.toString(admin.console
                .club
                .answered(admin.console.club.plain(TestPushPort.click("V1")), Reply.NONE)
                .id());

        List<Operation> whole = DOCUMENT.operations().stream()
                .filter(operation -> !operation.isStream())
                .toList();
        for (Operation operation : whole) {
            String path = operation
                    .path()
                    .replace("{account}", "main")
                    .replace("{instance}", "alone-1")
                    .replace("{openid}", TestPushPort.OPEN_ID)
                    .replace("{menuId}", "430000002")
                    .replace("{path}", "cgi-bin/user/info")
                    .replace("{id}", id);
            assertThat(admin.send(operation.method(), path, "", "Authorization", "Bearer " + TestAdmin.TOKEN.reveal())
                            .status())
                    .as(operation.toString())
                    .isNotIn(401, 403, 404, 405, 500);
        }
    }

    @Test
    void saysOfEachRouteWhoMayUseIt(Vertx vertx) {
        for (ApiRoute route : routes(vertx)) {
            JsonNode security = operation(route).json().path("security");
            assertThat(security.toString()).as(route.path()).isEqualTo(expected(route.access()));
        }
    }

    @Test
    void hasTheMembersThatOpenApiRequires() {
        assertThat(DOCUMENT.root.path("openapi").asText()).matches("3\\.1\\.\\d");
        assertThat(DOCUMENT.root.path("info").path("title").asText()).isNotBlank();
        assertThat(DOCUMENT.root.path("info").path("version").asText()).isNotBlank();
        assertThat(DOCUMENT.root.path("paths").properties())
                .allSatisfy(path -> assertThat(path.getKey()).startsWith("/"));
        assertThat(DOCUMENT.root.at("/components/securitySchemes/bearer/type").asText())
                .isEqualTo("http");
        assertThat(DOCUMENT.root.at("/components/securitySchemes/bearer/scheme").asText())
                .isEqualTo("bearer");
    }

    @Test
    void everyOperationIsComplete() {
        List<String> tags = DOCUMENT.root.path("tags").findValuesAsText("name");
        List<Operation> operations = DOCUMENT.operations();

        assertThat(operations).allSatisfy(operation -> {
            assertThat(operation.json().path("summary").asText()).isNotBlank();
            assertThat(OpenApiDocument.stream(operation.json().path("tags")).map(JsonNode::asText))
                    .hasSize(1)
                    .isSubsetOf(tags);
            assertThat(operation.json().path("responses").properties())
                    .isNotEmpty()
                    .allSatisfy(response -> {
                        assertThat(response.getKey()).matches("[2-5]\\d\\d");
                        assertThat(DOCUMENT.resolve(response.getValue())
                                        .path("description")
                                        .asText())
                                .isNotBlank();
                    });
            assertThat(operation.json().has("requestBody"))
                    .isEqualTo(Set.of("POST", "PUT").contains(operation.method()));
        });
        assertThat(operations.stream()
                        .map(operation -> operation.json().path("operationId").asText()))
                .doesNotContain("")
                .doesNotHaveDuplicates();
    }

    @Test
    void everyParameterOfAPathIsDeclared() {
        assertThat(DOCUMENT.operations()).allSatisfy(operation -> {
            JsonNode path = DOCUMENT.root.path("paths").path(operation.path());
            Stream<String> declared = Stream.concat(
                            OpenApiDocument.stream(path.path("parameters")),
                            OpenApiDocument.stream(operation.json().path("parameters")))
                    .map(DOCUMENT::resolve)
                    .filter(parameter -> parameter.path("in").asText().equals("path"))
                    .filter(parameter -> parameter.path("required").asBoolean())
                    .map(parameter -> parameter.path("name").asText());
            List<String> used = PARAMETER
                    .matcher(operation.path())
                    .results()
                    .map(MatchResult::group)
                    .map(name -> name.substring(1, name.length() - 1))
                    .toList();
            assertThat(declared).containsExactlyInAnyOrderElementsOf(used);
        });
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryComponentIsUsed() {
        List<String> references =
                DOCUMENT.root.findValues("$ref").stream().map(JsonNode::asText).toList();

        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                DOCUMENT.root.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
        for (String kind : List.of("parameters", "responses", "schemas")) {
            DOCUMENT.root
                    .path("components")
                    .path(kind)
                    .fieldNames()
                    .forEachRemaining(name -> assertThat(references).contains("#/components/" + kind + "/" + name));
        }
    }

    @Test
    void everyExampleIsAsItsSchemaSays() {
        List<JsonNode> contents = DOCUMENT.root.findParents("example");

        assertThat(contents)
                .hasSizeGreaterThan(8)
                .allSatisfy(content -> assertThat(DOCUMENT.violations(content.path("example"), content.path("schema")))
                        .isEmpty());
    }

    @Test
    void isServedToTheBearerOfTheToken(Vertx vertx) throws Exception {
        TestAdmin admin = TestAdmin.start(vertx, Optional.of(TestAdmin.TOKEN));

        assertThat(admin.send("GET", "/openapi.json", "").status()).isEqualTo(401);
        assertThat(admin.get("/openapi.json").json()).isEqualTo(DOCUMENT.root);
        assertThat(admin.get("/openapi.json").header("content-type")).isEqualTo("application/json; charset=utf-8");
    }

    private static String expected(Access access) {
        return switch (access) {
            case OPEN, VISITOR -> "[]";
            case OPERATOR -> "[{\"bearer\":[]},{}]";
            case BEARER -> "[{\"bearer\":[]}]";
        };
    }

    private static Operation operation(ApiRoute route) {
        return DOCUMENT.operations().stream()
                .filter(each -> each.toString().equals(route.method() + " " + route.path()))
                .findFirst()
                .orElseThrow();
    }

    static List<ApiRoute> routes(Vertx vertx) {
        Sessions sessions = new Sessions(AdminConfig.DEFAULT, bytes -> {}, Clock.systemUTC());
        KeptCredentials credentials = new KeptCredentials(() -> "x");
        return TestAdmin.routes(
                vertx,
                credentials,
                TestAdmin.NOBODY,
                Stream.concat(
                                new TestJournal()
                                                .routes(
                                                        vertx,
                                                        sessions,
                                                        TestAdmin.client(vertx, credentials, TestAdmin.NOBODY))
                                                .stream(),
                                new AuditLog(Optional::empty, "alone-1", Clock.systemUTC()).routes().stream())
                        .toList());
    }
}
