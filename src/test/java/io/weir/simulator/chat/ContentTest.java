package io.weir.simulator.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContentTest {
    static Stream<Arguments> messages() {
        return Stream.of(
                Arguments.of(new Content.Text("a\nb"), "a\nb", "{\"kind\":\"text\",\"text\":\"a\\nb\"}"),
                Arguments.of(new Content.Image("i"), "[image i]", "{\"kind\":\"image\",\"mediaId\":\"i\"}"),
                Arguments.of(new Content.Voice("v"), "[voice v]", "{\"kind\":\"voice\",\"mediaId\":\"v\"}"),
                Arguments.of(
                        new Content.Video("v", "Tour", "2 min"),
                        "[video v] Tour",
                        "{\"kind\":\"video\",\"mediaId\":\"v\",\"title\":\"Tour\",\"description\":\"2 min\"}"),
                Arguments.of(
                        new Content.Music("t", "", "Band", "low", "high"),
                        "[music t]",
                        "{\"kind\":\"music\",\"thumbMediaId\":\"t\",\"title\":\"\",\"description\":\"Band\",\"url\":\"low\","
                                + "\"hqUrl\":\"high\"}"),
                Arguments.of(
                        new Content.News(List.of(
                                new Content.Article("T", "D", "p", "u"), new Content.Article("S", "", "", "w"))),
                        "[article] T u\n[article] S w",
                        "{\"kind\":\"news\",\"articles\":[{\"title\":\"T\",\"description\":\"D\",\"picUrl\":\"p\",\"url\":\"u\"},"
                                + "{\"title\":\"S\",\"description\":\"\",\"picUrl\":\"\",\"url\":\"w\"}]}"));
    }

    static Stream<Arguments> others() {
        return Stream.of(
                Arguments.of(
                        new Content.MiniProgram("wx1", "p/q", "", ""),
                        "[mini program wx1 p/q]",
                        "{\"kind\":\"miniprogram\",\"appId\":\"wx1\",\"pagePath\":\"p/q\",\"title\":\"\",\"thumbMediaId\":\"\"}"),
                Arguments.of(
                        new Content.MiniProgram("wx1", "p/q", "Shop", "t"),
                        "[mini program wx1] Shop",
                        "{\"kind\":\"miniprogram\",\"appId\":\"wx1\",\"pagePath\":\"p/q\",\"title\":\"Shop\",\"thumbMediaId\":\"t\"}"),
                Arguments.of(new Content.Page("u"), "[page u]", "{\"kind\":\"page\",\"url\":\"u\"}"),
                Arguments.of(new Content.Scanned("c"), "[scanned c]", "{\"kind\":\"scanned\",\"result\":\"c\"}"),
                Arguments.of(
                        new Content.Place(" 广州 ", "23.1", "113.3"),
                        "[location 广州]",
                        "{\"kind\":\"location\",\"label\":\" 广州 \",\"latitude\":\"23.1\",\"longitude\":\"113.3\"}"),
                Arguments.of(
                        new Content.Material("mpnews", "m", new Content.Image("m")),
                        "[mpnews m]",
                        "{\"kind\":\"material\",\"as\":\"mpnews\",\"mediaId\":\"m\",\"shown\":{\"kind\":\"image\",\"mediaId\":\"m\"}}"),
                Arguments.of(
                        new Content.Menu("Content?", List.of(new Content.Entry("1", "Yes")), "Thanks."),
                        "Content?\n· Yes\nThanks.",
                        "{\"kind\":\"menu\",\"head\":\"Content?\",\"tail\":\"Thanks.\",\"entries\":[{\"id\":\"1\",\"text\":\"Yes\"}]}"),
                Arguments.of(
                        new Content.Link("Hours", "Daily", "u"),
                        "[link u] Hours",
                        "{\"kind\":\"link\",\"title\":\"Hours\",\"description\":\"Daily\",\"url\":\"u\"}"),
                Arguments.of(new Content.Notice("n"), "n", "{\"kind\":\"notice\",\"text\":\"n\"}"),
                Arguments.of(
                        new Content.Other("wxcard", "c"),
                        "[wxcard c]",
                        "{\"kind\":\"other\",\"what\":\"wxcard\",\"id\":\"c\"}"));
    }

    @ParameterizedTest
    @MethodSource({"messages", "others"})
    void isReadAndWritten(Content content, String text, String json) {
        assertThat(content.text()).isEqualTo(text);
        assertThat(content.json()).hasToString(json);
    }

    @Test
    void everyContentHasASample() {
        assertThat(Stream.concat(messages(), others()).<Object>map(sample -> sample.get()[0].getClass()))
                .contains((Object[]) Content.class.getPermittedSubclasses());
    }
}
