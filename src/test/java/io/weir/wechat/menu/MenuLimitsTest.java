package io.weir.wechat.menu;

import static io.weir.wechat.menu.MenuTexts.click;
import static io.weir.wechat.menu.MenuTexts.leaf;
import static io.weir.wechat.menu.MenuTexts.menu;
import static io.weir.wechat.menu.MenuTexts.parent;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every limit in bytes, at n and n+1, in four alphabets. */
class MenuLimitsTest {
    /** What a text is filled with, and its bytes of UTF-8 as Unicode tells, not as Java counts. */
    private static final List<Filling> FILLINGS = List.of(
            new Filling("a", 1),
            new Filling("é", 2),
            new Filling("今", 3),
            new Filling("😀", 4),
            new Filling("👨‍👩‍👧", 18));

    private record Filling(String text, int bytes) {
        /** Of exactly so many bytes: filled up with ASCII. */
        String of(int wanted) {
            return text.repeat(wanted / bytes) + "x".repeat(wanted % bytes);
        }
    }

    private record Limit(String path, int bytes, int errcode, String before, Function<String, JsonNode> body) {}

    private static Stream<Limit> limits() {
        return Stream.of(
                new Limit("button[0].name", 16, 40018, "", text -> menu(click(text))),
                new Limit("button[0].sub_button[0].name", 60, 40025, "", text -> menu(parent(click(text)))),
                new Limit("button[0].key", 128, 40019, "", text -> menu(leaf("click", "a", "key", text))),
                new Limit(
                        "button[0].sub_button[0].key",
                        128,
                        40026,
                        "",
                        text -> menu(parent(leaf("location_select", "a", "key", text)))),
                new Limit("button[0].url", 1024, 40020, "http://a.example/", MenuLimitsTest::view),
                new Limit(
                        "button[0].sub_button[0].url",
                        1024,
                        40027,
                        "https://a.example/",
                        text -> menu(parent(leaf("view", "a", "url", text)))),
                new Limit(
                        "button[0].url",
                        1024,
                        40020,
                        "http://a.example/",
                        text -> menu("{'type':'miniprogram','name':'a','url':'" + text
                                + "','appid':'wx0','pagepath':'p'}")));
    }

    private static JsonNode view(String url) {
        return menu(leaf("view", "a", "url", url));
    }

    private static Stream<Arguments> limitsAndFillings() {
        return limits().flatMap(limit -> FILLINGS.stream().map(filling -> Arguments.of(limit, filling)));
    }

    @ParameterizedTest
    @MethodSource("limitsAndFillings")
    void takesTheLimitAndRefusesOneByteMore(Limit limit, Filling filling) {
        int free = limit.bytes() - limit.before().length();

        assertThat(errors(limit.body().apply(limit.before() + filling.of(free))))
                .isEmpty();
        assertThat(errors(limit.body().apply(limit.before() + filling.of(free + 1))))
                .extracting(Violation::path, Violation::errcode, Violation::size)
                .containsExactly(org.assertj.core.api.Assertions.tuple(
                        limit.path(),
                        limit.errcode(),
                        Optional.of(new Violation.Size(limit.bytes() + 1, limit.bytes(), "bytes"))));
    }

    private static List<Violation> errors(JsonNode body) {
        return MenuValidator.ofToday().menu(body).stream()
                .filter(Violation::isError)
                .toList();
    }

    @Test
    void takesThreeButtonsAndFiveSubButtons() {
        assertThat(errors(menu(clicks(3)))).isEmpty();
        assertThat(errors(menu(clicks(4))))
                .extracting(Violation::errcode, Violation::size)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(40016, Optional.of(new Violation.Size(4, 3, "buttons"))));
        assertThat(errors(menu(parent(clicks(5))))).isEmpty();
        assertThat(errors(menu(parent(clicks(6)))))
                .extracting(Violation::errcode, Violation::size)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(40023, Optional.of(new Violation.Size(6, 5, "buttons"))));
    }

    private static String[] clicks(int count) {
        return Collections.nCopies(count, click("a")).toArray(String[]::new);
    }
}
