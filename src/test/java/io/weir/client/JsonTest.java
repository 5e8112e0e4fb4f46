package io.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void writesEveryCharacterRaw() {
        String text = "今日动态 é 😀👨‍👩‍👧 𠮷 \" \\ / \n\t\u0007\u001F\u007F\u2028 < > & '";

        String written = utf8(Json.object().put("名称", text));

        assertThat(written).doesNotContain("\\u").contains("今日动态 é 😀👨‍👩‍👧 𠮷 \\\" \\\\ / \\n\\t  ");
        assertThat(Json.read(written).orElseThrow().path("名称").asText())
                .isEqualTo(text.replace('\u0007', ' ').replace('\u001F', ' '));
    }

    @Test
    void writesHalfAnEmojiAsAQuestionMark() {
        assertThat(utf8(Json.object().put("a", "x\uD83Dy"))).isEqualTo("{\"a\":\"x?y\"}");
    }

    @Test
    void readsNumbersOfAnySizeExactly() {
        JsonNode json = Json.read("{\"a\":9007199254740993,\"b\":24711000000000017123456789,\"c\":1.10}")
                .orElseThrow();

        assertThat(json.path("a").asText()).isEqualTo("9007199254740993");
        assertThat(json.path("b").asText()).isEqualTo("24711000000000017123456789");
        assertThat(json.path("c").asText()).isEqualTo("1.10");
        assertThat(utf8(json)).isEqualTo("{\"a\":9007199254740993,\"b\":24711000000000017123456789,\"c\":1.10}");
    }

    @Test
    void readsRawControlCharactersInNames() {
        assertThat(Json.read("{\"name\":\"a\u0001b\nc\"}")
                        .orElseThrow()
                        .path("name")
                        .asText())
                .isEqualTo("a\u0001b\nc");
    }

    @Test
    void refusesWhatIsNotOneValue() {
        assertThat(Json.read("")).isEmpty();
        assertThat(Json.read("  ")).isEmpty();
        assertThat(Json.read("{\"a\":1")).isEmpty();
        assertThat(Json.read("{} {}")).isEmpty();
        assertThat(Json.read("<html>")).isEmpty();
        assertThat(Json.read("[".repeat(100_000))).isEmpty();
    }

    private static String utf8(JsonNode json) {
        return new String(Json.write(json), StandardCharsets.UTF_8);
    }
}
