package io.weir.wechat.menu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.wechat.menu.MenuJson.MenuJsonException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MenuJsonParseTest {
    private static Stream<Arguments> faults() {
        return Stream.of(
                fault("{'a':1 'b':2}", "line 1, column 8: expected a comma or '}', found '\"'"),
                fault("{\n  'a':1,\r\n  '今😀' 2}", "line 3, column 8: expected a colon, found '2'"),
                fault("{'a':[1 2]}", "line 1, column 9: expected a comma or ']', found '2'"),
                fault("{'a':[1,]}", "line 1, column 9: expected a value, found ']'"),
                fault("{'a':[}", "line 1, column 7: expected a value or ']', found '}'"),
                fault("{'a':}", "line 1, column 6: expected a value, found '}'"),
                fault("{'a':1,}", "line 1, column 8: expected a key in double quotes, found '}'"),
                fault("{a:1}", "line 1, column 2: expected a key in double quotes or '}', found 'a'"),
                fault("{'a':1} x", "line 1, column 9: expected the end of the text, found 'x'"),
                fault("{'a':1", "line 1, column 7: expected a comma or '}', found the end of the text"),
                fault("{'a", "line 1, column 2: expected '\"' at its end, found a text that is never closed"),
                fault("{'a\n':1}", "line 1, column 4: expected '\"' at the end of the text, found the end of the line"),
                fault("{'a\t':1}", "line 1, column 4: expected '\"' at the end of the text, found U+0009"),
                fault("{'\\x':1}", "line 1, column 4: expected one of \"\\/bfnrtu behind '\\', found 'x'"),
                fault("{'\\", "line 1, column 4: expected one of \"\\/bfnrtu behind '\\', found the end of the text"),
                fault("{'\\u12':1}", "line 1, column 5: expected four hexadecimal digits, found '1'"),
                fault("{'a':01}", "line 1, column 6: expected a value, found '0'"),
                fault("{'a':tru}", "line 1, column 6: expected a value, found 't'"),
                fault(
                        "{'a':1,'a':2}",
                        "line 1, column 8: expected every key once, found the key \"a\" a second time (remove one of them)"),
                fault(
                        "{\u00a0'a':1}",
                        "line 1, column 2: expected a key in double quotes or '}', found U+00A0"
                                + " (U+00A0, copied from a web page: put a blank there)"),
                fault(
                        "{'a'：1}",
                        "line 1, column 5: expected a colon, found '：' (write ':' instead of the Chinese colon)"),
                fault(
                        "{'a':'b'，'c':1}",
                        "line 1, column 9: expected a comma or '}', found '，' (write ',' instead of the Chinese comma)"),
                fault(
                        "{}\u200b",
                        "line 1, column 3: expected the end of the text, found U+200B"
                                + " (U+200B, copied from a web page: put a blank there)"),
                fault("'{}'", "line 1, column 1: expected '{', found '\"'"));
    }

    private static Arguments fault(String singleQuoted, String message) {
        return Arguments.of(singleQuoted.replace('\'', '"'), message);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void saysWhereWhatWasExpectedAndWhatFound(String text, String message) {
        assertThat(refusal(text)).hasMessage(message);
    }

    @Test
    void readsAllThatJsonHas() {
        ObjectNode read = MenuJson.parse(
                " \r\n{\"t\" : \"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u4eca\\ud83d\\ude00今😀\", \"n\":[-1, 0.50, 1e3, 123456789012345678901],"
                        + "\"w\":[true,false,null],\"o\":{},\"l\":[]}\t");

        assertThat(read.path("t").asText()).isEqualTo("\"\\/\b\f\n\r\t今😀今😀");
        assertThat(read.path("n")).hasToString("[-1,0.50,1E+3,123456789012345678901]");
        assertThat(read.path("w")).hasToString("[true,false,null]");
        assertThat(read.path("o").isObject() && read.path("l").isArray()).isTrue();
    }

    @Test
    void toleratesAByteOrderMarkAtTheStart() {
        assertThat(MenuJson.parse("\ufeff{\"a\":1}".getBytes(StandardCharsets.UTF_8)))
                .hasToString("{\"a\":1}");
    }

    @Test
    void takesSixtyFourKibibytesAndNoMore() {
        String just = "{\"a\":\"" + "x".repeat(64 * 1024 - 8) + "\"}";

        assertThat(MenuJson.parse(just.getBytes(StandardCharsets.UTF_8))
                        .path("a")
                        .asText())
                .hasSize(64 * 1024 - 8);
        assertThat(refusal(just + " ")).hasMessageContaining("at most 65536 bytes, found 65537 bytes");
    }

    @Test
    void refusesOtherCharsets() {
        byte[] gbk = "{\"name\":\"今日\"}".getBytes(Charset.forName("GBK"));

        MenuJsonException refusal = catchThrowableOfType(MenuJsonException.class, () -> MenuJson.parse(gbk));

        assertThat(refusal.errcode()).isEqualTo(65318);
        assertThat(refusal).hasMessageStartingWith("line 1, column 10: expected UTF-8, found bytes that are no UTF-8");
    }

    @Test
    void refusesATextThatEndsWithinACharacter() {
        byte[] cut = {'{', '"', (byte) 0xe4, (byte) 0xbb};

        assertThat(catchThrowableOfType(MenuJsonException.class, () -> MenuJson.parse(cut)))
                .hasMessageStartingWith("line 1, column 3: expected UTF-8");
    }

    @Test
    void givesTheCodeThatWeChatWouldGive() {
        assertThat(refusal("").errcode()).isEqualTo(44002);
        assertThat(refusal("[]").errcode()).isEqualTo(40016);
        assertThat(refusal("\"{}\"").errcode()).isEqualTo(40016);
        assertThat(refusal("button=1").errcode()).isEqualTo(47001);
        assertThat(refusal("{\"a\":\"\\ud83d\"}").errcode()).isEqualTo(40033);
        assertThat(refusal("{\"a\":\"\\ude00\"}").errcode()).isEqualTo(40033);
        assertThat(refusal("{\"a\":\"\\ud83d-\"}").errcode()).isEqualTo(40033);
    }

    @Test
    void refusesBracketsWithoutEnd() {
        assertThat(refusal("{\"a\":" + "[".repeat(40_000))).hasMessageContaining("more than 32 levels");
    }

    private static MenuJsonException refusal(String text) {
        return catchThrowableOfType(MenuJsonException.class, () -> MenuJson.parse(text));
    }
}
