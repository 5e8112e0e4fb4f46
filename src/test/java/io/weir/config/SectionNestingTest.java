package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SectionNestingTest {

    @Test
    void findsNestedSections() {
        Section root = ParsedText.of("accounts:\n  main: { appId: wx0 }\n  a.b: { appId: wx1 }")
                .root();

        Section accounts = root.section("accounts");

        assertThat(accounts.section("main").text("appId")).contains("wx0");
        assertThat(accounts.section("main").path()).isEqualTo("accounts.main");
        assertThat(accounts.section("a.b").path()).isEqualTo("accounts.\"a.b\"");
        assertThat(root.sections("accounts").keySet()).containsExactly("main", "a.b");
        assertThat(root.section("accounts")).isSameAs(accounts);
    }

    @Test
    void givesAnEmptySectionWhereNothingIsSaid() {
        ParsedText reading = ParsedText.of("push:\n");
        Section push = reading.root().section("push");

        assertThat(push.keys()).isEmpty();
        assertThat(push.path()).isEqualTo("push");
        assertThat(reading.root().find("push")).isEmpty();
        assertThat(reading.root().find("redis")).isEmpty();
        assertThat(reading.root().sections("accounts")).isEmpty();
        assertThat(reading.root().list("menus")).isEmpty();
        assertThat(reading.texts()).isEmpty();
    }

    @Test
    void findsASectionThatIsThere() {
        assertThat(ParsedText.of("push: {port: 1}").root().find("push")).isPresent();
    }

    @Test
    void readsAListOfMaps() {
        ParsedText reading = ParsedText.of("news:\n  - title: a\n  - title: b\n    url: x");
        List<Section> news = reading.root().list("news");

        assertThat(news).extracting(each -> each.text("title", "")).containsExactly("a", "b");
        assertThat(news).extracting(Section::path).containsExactly("news[0]", "news[1]");
        assertThat(news.get(1).line("url")).isEqualTo(4);
    }

    @Test
    void reportsAWrongKindOnceAndNotWhatFollowsFromIt() {
        ParsedText reading = ParsedText.of("push: 8080\nnews: {a: 1}\nlist: [x]\nredis: [y]\nadmin: port:8081");
        Section root = reading.root();

        assertThat(root.section("push").required("host")).isEmpty();
        assertThat(root.section("push").build(() -> "built")).isEmpty();
        assertThat(root.list("news")).isEmpty();
        assertThat(root.list("list").get(0).required("a")).isEmpty();
        assertThat(root.find("redis")).isPresent();
        assertThat(root.section("admin").keys()).isEmpty();

        assertThat(reading.texts())
                .containsExactly(
                        "weir.yaml:1: push: found a single value; expected a map: keys with their values",
                        "weir.yaml:2: news: found a map; expected a list",
                        "weir.yaml:3: list[0]: found a single value; expected a map: keys with their values",
                        "weir.yaml:4: redis: found a list; expected a map: keys with their values",
                        "weir.yaml:5: admin: found a single value; expected a map: keys with their values;"
                                + " write \"key: value\", with a space after the colon");
    }

    @Test
    void refusesUnknownKeyAndSuggestsTheNearest() {
        ParsedText reading = ParsedText.of("main:\n  appId: a\n  app_secret: b\n  moed: c\n  colour: d\n  replies: e");
        Section main = reading.root().section("main");
        main.required("appId");
        main.secret("appSecret");
        main.text("mode");

        main.refuseUnknownKeys("replies");

        String rule = "found an unknown key; expected appId, appSecret, mode or replies";
        assertThat(reading.texts())
                .containsExactly(
                        "weir.yaml:3: main.app_secret: " + rule + "; did you mean \"appSecret\"?",
                        "weir.yaml:4: main.moed: " + rule + "; did you mean \"mode\"?",
                        "weir.yaml:5: main.colour: " + rule);
    }

    @Test
    void refusesEveryKeyWhereNoneIsKnown() {
        ParsedText reading = ParsedText.of("a: 1");

        reading.root().refuseUnknownKeys();

        assertThat(reading.texts()).containsExactly("weir.yaml:1: a: found an unknown key; expected no keys here");
    }

    @Test
    void countsEveryGetterAsAsking() {
        ParsedText reading = ParsedText.of("a: {x: 1}\nb: [{y: 1}]\nc: {z: {}}\nd: 1\ne: 1");
        Section root = reading.root();
        root.find("a");
        root.list("b");
        root.sections("c");
        assertThat(root.has("d")).isTrue();
        root.texts("e");

        root.refuseUnknownKeys();
        assertThat(root.section("a").keys()).containsExactly("x");
        root.section("a").refuseUnknownKeys();

        assertThat(reading.texts()).containsExactly("weir.yaml:1: a.x: found an unknown key; expected no keys here");
    }

    @Test
    void reportsTheCallersOwnRules() {
        ParsedText reading = ParsedText.of("a: 1\nb: [x, y]\nc: [1, 2, 3, 4, 5, 6]");
        Section root = reading.root();

        root.problem("a", "expected even", "add one");
        root.warning("b", "expected less");
        root.warning("c", "expected less", "remove one");
        root.problem("d", "expected d");
        root.problemHere("expected exactly one");
        root.section("e").problemHere("expected exactly one");

        assertThat(reading.texts())
                .containsExactly(
                        "weir.yaml:1: a: found \"1\"; expected even; add one",
                        "weir.yaml:1: d: found nothing; expected d",
                        "weir.yaml:1: found the keys a, b, c; expected exactly one",
                        "weir.yaml:1: e: found no keys; expected exactly one",
                        "weir.yaml:2: warning: b: found a list: \"x\", \"y\"; expected less",
                        "weir.yaml:3: warning: c: found a list: \"1\", \"2\", \"3\", \"4\", \"5\", …; expected less; remove one");
    }
}
