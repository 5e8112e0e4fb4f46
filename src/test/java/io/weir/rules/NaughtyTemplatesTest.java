package io.weir.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.Corpora;
import io.weir.wechat.message.Reply;
import org.junit.jupiter.api.Test;

/** The Big List of Naughty Strings as what users say to the rules, and as what operators write in them. */
class NaughtyTemplatesTest {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    @Test
    void insertsEachAsAValueAndNothingElse() throws Exception {
        Parsed rules = Parsed.valid("text: { default: { text: \"<{content}|{content}>\" } }");

        for (String naughty : Corpora.naughtyStrings()) {
            assertThat(rules.text(RulePushes.text(naughty))).isEqualTo("<" + naughty + "|" + naughty + ">");
        }
    }

    @Test
    void searchesEachForKeywordsAndExpressions() throws Exception {
        Parsed rules = Parsed.valid(
                "text:",
                "  hello: { text: \"word\" }",
                "  contains:script: { text: \"part\" }",
                "  \"~ (?i)drop +table\": { text: \"expression\" }",
                "  default: { text: \"other\" }");

        for (String naughty : Corpora.naughtyStrings()) {
            assertThat(rules.text(RulePushes.text(naughty))).isIn("part", "expression", "other");
        }
    }

    @Test
    void answersAButtonWithEachAsItsKey() throws Exception {
        Parsed rules = Parsed.valid("CLICK: { default: { text: \"{eventKey}\" }, A: { text: \"one\" } }");

        for (String naughty : Corpora.naughtyStrings()) {
            assertThat(rules.reply(RulePushes.click(naughty)))
                    .isEqualTo(naughty.isEmpty() ? Reply.NONE : Reply.text(naughty));
        }
    }

    @Test
    void takesEachAsTheWordingOfAReply() throws Exception {
        for (String naughty : Corpora.naughtyStrings()) {
            Parsed rules = Parsed.valid("CLICK: { default: { text: " + quoted("(" + naughty + ")") + " } }");

            assertThat(rules.text(RulePushes.click("A"))).isEqualTo("(" + naughty + ")");
        }
    }

    /** JSON is YAML, so its writer quotes whatever YAML would take for something else, but for U+007F. */
    private static String quoted(String text) throws JsonProcessingException {
        String json = JSON.writeValueAsString(text.replace("{", "{{").replace("}", "}}"));
        return json.replace("\u007F", "\\u007F");
    }
}
