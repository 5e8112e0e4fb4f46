package io.weir.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplyProblemsTest {
    private static final String KINDS = "text, image, voice, video, music, news, transferToService";
    private static final String ARTICLE = "{ title: \"…\", description: \"…\", picUrl: \"…\", url: \"…\" }";

    @Test
    void refusesABareText() {
        assertProblem(
                "A: 'say \"hi\" \\'",
                "CLICK.A: found \"say \"hi\" \\\"; expected a reply, which is a map; write { text: \"say \\\"hi\\\" \\\\\" }");
        assertProblem(
                "A: " + "a".repeat(61),
                "CLICK.A: found \"" + "a".repeat(60) + "…\"; expected a reply, which is a map; write { text: \"…\" }");
    }

    @Test
    void refusesAReplyWithoutAKeyAboveIt() {
        assertProblem(
                "text: \"hi\"",
                "CLICK.text: found \"hi\"; expected a reply, which is a map; write default: { text: … } if this is meant as"
                        + " the reply to all");
    }

    @Test
    void refusesABareList() {
        assertProblem(
                "A: [{ title: T }]",
                "CLICK.A: found a list: a map; expected a reply, which is a map; write { news: [" + ARTICLE
                        + "] } for news");
    }

    @Test
    void refusesNoReply() {
        String rule = "expected exactly one of " + KINDS + ", none, backend; write { none: true } to answer nothing";

        assertProblem("A:", "CLICK.A: found nothing; " + rule);
        assertProblem("A: {}", "CLICK.A: found a map; " + rule);
    }

    @Test
    void refusesTwoReplies() {
        assertProblem(
                "A: { text: a, image: b }",
                "CLICK.A: found a map; expected exactly one of " + KINDS
                        + ", none, backend, not text and image; one push has one reply");
    }

    @Test
    void refusesAnUnknownKind() {
        assertProblem(
                "A: { txt: a }",
                "CLICK.A.txt: found an unknown key; expected " + KINDS + ", none or backend; did you mean \"text\"?");
        assertProblem(
                "A: { text: a, colour: b }",
                "CLICK.A.colour: found an unknown key; expected " + KINDS + ", none or backend");
    }

    @Test
    void refusesAnEmptyText() {
        String rule =
                "; expected a text: for an empty one WeChat may show its fault notice; write { none: true } to answer"
                        + " nothing";

        assertProblem("A: { text: \"\" }", "CLICK.A.text: found an empty text" + rule);
        assertProblem("A: { text: \" \" }", "CLICK.A.text: found an empty text" + rule);
        assertProblem("A: { text: }", "CLICK.A.text: found nothing" + rule);
    }

    @Test
    void refusesATextThatIsNoSingleValue() {
        assertProblem("A: { text: { a: b } }", "CLICK.A.text: found a map; expected a single value");
        assertProblem("A: { text: [a] }", "CLICK.A.text: found a list; expected a single value");
    }

    @Test
    void warnsOfATextThatWillBeCut() {
        assertProblem(
                "A: { text: " + "汉".repeat(683) + " }",
                "warning: CLICK.A.text: found \"" + "汉".repeat(60)
                        + "…\"; expected at most 2048 bytes of UTF-8, these are 2049; only the first are sent");
        Parsed.valid("CLICK: { A: { text: " + "汉".repeat(682) + "aa } }");
        Parsed.valid("CLICK: { A: { text: \"" + "汉".repeat(683) + "{eventKey}\" } }");
    }

    @Test
    void refusesAnEmptyMediaId() {
        String rule = "; expected a value, which is required";

        assertProblem("A: { image: }", "CLICK.A.image: found nothing" + rule);
        assertProblem("A: { voice: \"\" }", "CLICK.A.voice: found an empty text" + rule);
        assertProblem("A: { video: { title: T } }", "CLICK.A.video.mediaId: found nothing" + rule);
        assertProblem("A: { video: }", "CLICK.A.video.mediaId: found nothing" + rule);
        assertProblem("A: { music: { url: u } }", "CLICK.A.music.thumbMediaId: found nothing" + rule);
    }

    @Test
    void refusesABareMediaIdWhereAMapIsWanted() {
        assertProblem("A: { video: m1 }", "CLICK.A.video: found \"m1\"; expected a map; write { mediaId: \"…\" }");
        assertProblem(
                "A: { music: m1 }",
                "CLICK.A.music: found \"m1\"; expected a map; write { thumbMediaId: \"…\", url: \"…\" }");
    }

    @Test
    void refusesUnknownKeysWithinAReply() {
        assertProblem(
                "A: { video: { mediaId: m1, titel: T } }",
                "CLICK.A.video.titel: found an unknown key; expected mediaId, title or description; did you mean \"title\"?");
        assertProblem(
                "A: { music: { thumbMediaId: m1, musicUrl: u } }",
                "CLICK.A.music.musicUrl: found an unknown key; expected thumbMediaId, title, description, url or hqUrl");
        assertProblem(
                "A: { news: [{ title: T, description: D, picUrl: p, url: u, id: 1 }] }",
                "CLICK.A.news[0].id: found an unknown key; expected title, description, picUrl or url");
    }

    @Test
    void refusesNewsWithoutArticles() {
        String rule = "; expected a list of articles; write [" + ARTICLE + "]";

        assertProblem("A: { news: }", "CLICK.A.news: found nothing" + rule);
        assertProblem("A: { news: [] }", "CLICK.A.news: found an empty list" + rule);
        assertProblem("A: { news: x }", "CLICK.A.news: found \"x\"" + rule);
        assertProblem("A: { news: { title: T } }", "CLICK.A.news: found a map" + rule);
    }

    @Test
    void refusesAnArticleThatLacksSomething() {
        assertProblem(
                "A: { news: [{ title: T, description: \"\", url: u }] }",
                "CLICK.A.news[0].picUrl: found nothing; expected a text; write picUrl: \"\" for none");
        assertProblem(
                "A: { news: [{ title: \"\", description: \"\", picUrl: \"\", url: \"\" }] }",
                "CLICK.A.news[0].title: found an empty text; expected a value, which is required");
    }

    @Test
    void warnsOfMoreArticlesThanWeChatShows() {
        String article = "{ title: T, description: D, picUrl: p, url: u }";
        String two = "news: [" + article + ", " + article + "]";
        String nine = "news: [" + (article + ", ").repeat(8) + article + "]";

        Parsed.valid("CLICK: { A: { " + two + " } }");
        assertThat(Parsed.of("text: { A: { " + two + " } }").texts())
                .containsExactly(
                        "replies.yaml:1: warning: text.A.news: found a list: a map, a map; expected at most 1 here,"
                                + " these are 2 articles; only the first is sent");
        assertThat(Parsed.of("CLICK: { A: { " + nine + " } }").texts())
                .containsExactly(
                        "replies.yaml:1: warning: CLICK.A.news: found a list: a map, a map, a map, a map, a map, …;"
                                + " expected at most 8 here, these are 9 articles; only the first 8 are sent");
    }

    @Test
    void warnsOfHandingOverAnEvent() {
        assertProblem(
                "A: { transferToService: { account: a@b } }",
                "warning: CLICK.A.transferToService: found a map; expected in answer to messages only: WeChat says not to"
                        + " hand events over; agents would see entries without sense");
    }

    @Test
    void refusesOtherValuesOfTransferToService() {
        assertThat(Parsed.of("text: { A: { transferToService: anna } }").texts())
                .containsExactly(
                        "replies.yaml:1: text.A.transferToService: found \"anna\"; expected true, nothing or a map;"
                                + " write { account: \"…\" }");
        assertThat(Parsed.of("text: { A: { transferToService: { kf: a } } }").texts())
                .containsExactly("replies.yaml:1: text.A.transferToService.kf: found an unknown key; expected account");
    }

    @Test
    void refusesOtherValuesOfNone() {
        assertProblem("A: { none: false }", "CLICK.A.none: found \"false\"; expected true; write none: true");
        assertProblem("A: { none: }", "CLICK.A.none: found nothing; expected true; write none: true");
        assertProblem("A: { none: {} }", "CLICK.A.none: found a map; expected a single value");
    }

    private static void assertProblem(String entry, String problem) {
        boolean warning = problem.startsWith("warning: ");
        assertThat(Parsed.of("CLICK:", "  " + entry).texts()).containsExactly("replies.yaml:2: " + problem);
        assertThat(Parsed.of("CLICK:", "  " + entry).problems().errors().isEmpty())
                .isEqualTo(warning);
    }
}
