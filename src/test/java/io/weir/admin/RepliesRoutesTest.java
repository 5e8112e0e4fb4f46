package io.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.admin.TestAdmin.Reply;
import io.weir.config.Secret;
import io.weir.http.api.Right;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class RepliesRoutesTest {
    private static final String REPLIES = "/api/v1/accounts/main/replies";
    private static final String CHANGED =
            "{\"changes\": [{\"type\": \"CLICK\", \"key\": \"HELP\", \"reply\": {\"text\": \"so, {openId}\"}}]}";

    @Test
    void showsTheRulesAsTheyStandInTheFile(Vertx vertx) throws Exception {
        TestAdmin admin = TestAdmin.start(vertx, Optional.of(TestAdmin.TOKEN));

        Reply shown = admin.get(REPLIES);

        assertThat(shown.header("etag"))
                .isEqualTo('"' + shown.json().path("hash").asText() + '"');
        JsonNode click = type(shown, "CLICK");
        assertThat(click.at("/rules/0").toString())
                .isEqualTo("{\"key\":\"HELP\",\"line\":3,\"path\":\"CLICK.HELP\",\"hits\":0,"
                        + "\"reply\":{\"text\":\"how, {openId}?\"}}");
        assertThat(click.path("keyed").asBoolean()).isTrue();
        assertThat(click.path("placeholders").toString()).contains("\"eventKey\"", "\"openId\"");
        assertThat(type(shown, "VIEW").path("takesReply").asBoolean()).isFalse();
        assertThat(type(shown, "*").path("rules")).isEmpty();
        assertThat(shown.json().path("accounts").toString()).isEqualTo("[\"club\",\"main\"]");
        assertThat(shown.json().at("/fleet/shared").asBoolean()).isFalse();
    }

    @Test
    void judgesADraftAsCheckDoes(Vertx vertx) throws Exception {
        TestAdmin admin = TestAdmin.start(vertx, Optional.of(TestAdmin.TOKEN));

        JsonNode draft = admin.post(
                        REPLIES + "/draft",
                        "{\"changes\": [{\"type\": \"CLICK\", \"key\": \"HELP\", \"reply\": {\"text\": \"{evenKey}\"}},"
                                + "{\"type\": \"CLICK\", \"key\": \"NEW\", \"reply\": {\"backend\": \"shop\"}}]}")
                .json();

        assertThat(draft.path("valid").asBoolean()).isFalse();
        assertThat(draft.path("problems")).hasSize(2);
        assertThat(draft.at("/problems/0/path").asText()).isEqualTo("CLICK.HELP.text");
        assertThat(draft.at("/problems/0/line").asInt()).isEqualTo(3);
        assertThat(draft.at("/problems/0/hint").asText()).isEqualTo("did you mean {eventKey}?");
        assertThat(draft.at("/problems/1/path").asText()).isEqualTo("CLICK.NEW.backend");
        assertThat(admin.ask("PUT", REPLIES, "{\"changes\": []}", "If-Match", "\"x\"")
                        .status())
                .isEqualTo(412);
    }

    @Test
    void showsWhatWouldChangeAndWhichRuleAnswers(Vertx vertx) throws Exception {
        TestAdmin admin = TestAdmin.start(vertx, Optional.of(TestAdmin.TOKEN));

        JsonNode draft = admin.post(
                        REPLIES + "/draft",
                        CHANGED.replaceFirst(
                                "}$",
                                ", \"test\": {\"type\": \"CLICK\", \"key\": \"HELP\", \"values\": {\"openId\": \"o1\"}}}"))
                .json();

        assertThat(draft.path("valid").asBoolean()).isTrue();
        assertThat(draft.path("diff").findValuesAsText("sign")).containsExactly(" ", " ", "-", "+", " ", " ", " ");
        assertThat(draft.at("/diff/3/text").asText()).isEqualTo("  HELP: { text: \"so, {openId}\" }   # asked often");
        assertThat(draft.at("/test/rule/line").asInt()).isEqualTo(3);
        assertThat(draft.at("/test/reply/text").asText()).isEqualTo("so, o1");
        JsonNode weather = admin.post(REPLIES + "/draft", "{\"test\": {\"type\": \"text\", \"key\": \"今天天气好\"}}")
                .json();
        assertThat(weather.at("/test/rule/key").asText()).isEqualTo("contains:天气");
        JsonNode none = admin.post(REPLIES + "/draft", "{\"test\": {\"type\": \"text\", \"key\": \"hm\"}}")
                .json();
        assertThat(none.path("test").has("rule")).isFalse();
        assertThat(none.path("changed").asBoolean()).isFalse();
    }

    @Test
    void savesOnlyWhatIsBasedOnThePresentText(Vertx vertx) throws Exception {
        TestAdmin admin = TestAdmin.start(vertx, Optional.of(TestAdmin.TOKEN));
        String before = admin.get(REPLIES).header("etag");

        assertThat(admin.ask("PUT", REPLIES, CHANGED).status()).isEqualTo(428);
        Reply saved = admin.ask("PUT", REPLIES, CHANGED, "If-Match", before);

        assertThat(saved.status()).isEqualTo(200);
        assertThat(Files.readString(Path.of(saved.json().path("file").asText())))
                .isEqualTo(TestAdmin.REPLIES.replace("how, {openId}?", "so, {openId}"));
        assertThat(saved.header("etag"))
                .isNotEqualTo(before)
                .isEqualTo(admin.get(REPLIES).header("etag"));
        assertThat(admin.ask("PUT", REPLIES, CHANGED, "If-Match", before).status())
                .isEqualTo(412);
    }

    @Test
    void refusesToSaveWhatHasErrors(Vertx vertx) throws Exception {
        TestAdmin admin = TestAdmin.start(vertx, Optional.of(TestAdmin.TOKEN));

        Reply refused = admin.ask(
                "PUT",
                REPLIES,
                CHANGED.replace("text", "txt"),
                "If-Match",
                admin.get(REPLIES).header("etag"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/problems/0/path").asText()).isEqualTo("CLICK.HELP.txt");
        assertThat(admin.get(REPLIES).json().path("builtIn").asBoolean()).isTrue();
    }

    @Test
    void keepsRevisionsWithTheirAuthorsAndRollsBack(Vertx vertx) throws Exception {
        AdminToken editor =
                new AdminToken("shop", Secret.of("editorTokenBlue7"), Set.of(Right.READ, Right.ANSWERS), Set.of());
        TestAdmin admin =
                TestAdmin.start(vertx, new AdminConfig("127.0.0.1", 0, Optional.of(TestAdmin.TOKEN), List.of(editor)));
        String before = admin.get(REPLIES).header("etag");
        Reply saved =
                admin.send("PUT", REPLIES, CHANGED, "If-Match", before, "Authorization", "Bearer editorTokenBlue7");

        JsonNode revisions = admin.get(REPLIES + "/revisions").json().path("revisions");

        assertThat(revisions.findValuesAsText("author")).containsExactly("shop", "");
        assertThat(revisions.at("/0/present").asBoolean()).isTrue();
        String back = "{\"revision\": \"" + revisions.at("/1/id").asText() + "\"}";
        assertThat(admin.post(REPLIES + "/draft", back).json().path("diff").findValuesAsText("sign"))
                .contains("-", "+");
        Reply rolledBack = admin.ask("PUT", REPLIES, back, "If-Match", saved.header("etag"));
        assertThat(rolledBack.header("etag")).isEqualTo(before);
        assertThat(admin.get(REPLIES + "/revisions")
                        .json()
                        .at("/revisions/0/author")
                        .asText())
                .isEqualTo("admin.token");
        Path folder = Path.of(saved.json().path("file").asText()).resolveSibling("revisions");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(admin.ask("PUT", REPLIES, "{\"revision\": \"no\"}", "If-Match", before)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void onlyWhoMayChangeAnswersSaves(Vertx vertx) throws Exception {
        AdminToken viewer = new AdminToken("eve", Secret.of("viewerTokenBlue8"), Set.of(Right.READ), Set.of());
        TestAdmin admin =
                TestAdmin.start(vertx, new AdminConfig("127.0.0.1", 0, Optional.of(TestAdmin.TOKEN), List.of(viewer)));
        String[] eve = {"Authorization", "Bearer viewerTokenBlue8", "If-Match", "\"x\""};

        assertThat(admin.send("POST", REPLIES + "/draft", CHANGED, eve).status())
                .isEqualTo(200);
        assertThat(admin.send("PUT", REPLIES, CHANGED, eve).status()).isEqualTo(403);
    }

    @Test
    void saysBeforehandThatAFileIsReadOnly(Vertx vertx) throws Exception {
        TestAdmin admin = TestAdmin.start(vertx, Optional.of(TestAdmin.TOKEN));
        Reply saved = admin.ask(
                "PUT", REPLIES, CHANGED, "If-Match", admin.get(REPLIES).header("etag"));
        Path file = Path.of(saved.json().path("file").asText());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));

        Reply shown = admin.get(REPLIES);

        assertThat(shown.json().path("writable").asBoolean()).isFalse();
        assertThat(shown.json().path("reason").asText()).endsWith("is read-only");
        assertThat(admin.ask("PUT", REPLIES, CHANGED, "If-Match", shown.header("etag"))
                        .status())
                .isEqualTo(409);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        admin.ask("PUT", REPLIES, CHANGED.replace("so,", "ho,"), "If-Match", shown.header("etag"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void refusesAnythingElse(Vertx vertx) throws Exception {
        TestAdmin admin = TestAdmin.start(vertx, Optional.of(TestAdmin.TOKEN));

        for (String change : List.of(
                "{\"type\": \"CLICK\", \"key\": \"A\"}",
                "{\"type\": \"CLICK\", \"key\": \"A\", \"reply\": \"text\"}",
                "{\"type\": \"CLICK\", \"key\": \"A\", \"remove\": true, \"before\": \"\"}",
                "{\"type\": \"CLICK\", \"key\": \"A\", \"replay\": {}}")) {
            assertThat(admin.post(REPLIES + "/draft", "{\"changes\": [" + change + "]}")
                            .status())
                    .as(change)
                    .isEqualTo(400);
        }
    }

    private static JsonNode type(Reply shown, String name) {
        return OpenApiDocument.stream(shown.json().path("types"))
                .filter(type -> type.path("type").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
