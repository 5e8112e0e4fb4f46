package io.weir.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.wechat.message.MenuEvent.Picture;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

    @Test
    void insertsTheFieldsOfAClick() {
        assertThat(rendered(
                        "CLICK",
                        "{eventKey}|{menuId}|{openId}|{fromUserName}|{toUserName}|{account}|{createTime}",
                        RulePushes.click("A")))
                .isEqualTo("A||oUser|oUser|gh_1|main|1732000100");
    }

    @Test
    void insertsTheFieldsOfAScan() {
        assertThat(rendered(
                        "scancode_waitmsg",
                        "{scanType}: {scanResult} {symbology} {code}",
                        RulePushes.scan("barcode", "EAN_13,400")))
                .isEqualTo("barcode: EAN_13,400 EAN_13 400");
        assertThat(rendered("scancode_waitmsg", "{symbology}{code}", RulePushes.scan("qrcode", "a,b")))
                .isEqualTo("a,b");
    }

    @Test
    void insertsTheNumberOfPictures() {
        assertThat(rendered("pic_weixin", "{count}", RulePushes.pictures(3))).isEqualTo("3");
        assertThat(rendered("pic_weixin", "{count}", RulePushes.pictures(0, new Picture(Optional.empty()))))
                .isEqualTo("1");
    }

    @Test
    void insertsCoordinatesAsWritten() {
        Push place = RulePushes.place("23.100", "0.00000001", " 广州", Optional.of("塔"));

        assertThat(rendered("location_select", "{x},{y},{scale},{label},{poiName}", place))
                .isEqualTo("23.100,0.00000001,15, 广州,塔");
    }

    @Test
    void insertsTheFieldsOfAMessage() {
        assertThat(rendered("text", "{content} {msgId} {msgDataId} {idx}", RulePushes.text("hi")))
                .isEqualTo("hi 24711000000000011 77 2");
        assertThat(rendered("text", "[{msgDataId}{idx}{bizMsgMenuId}]", RulePushes.textWithoutArticle("hi")))
                .isEqualTo("[]");
    }

    @Test
    void insertsTheScene() {
        assertThat(rendered("subscribe", "{scene} {eventKey} {ticket}", RulePushes.subscribe("qrscene_a")))
                .isEqualTo("a qrscene_a ");
        assertThat(rendered("SCAN", "{scene} {ticket}", RulePushes.qrCode("a"))).isEqualTo("a gTiCkEt0001==");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{{;{",
                "}};}",
                "};}",
                "a}b;a}b",
                "{{eventKey}};{eventKey}",
                "{{{eventKey}}};{A}",
                "}}{eventKey};}A",
                "{eventKey}{eventKey};AA",
                "{{}};{}",
                "}}};}}",
                "$1 \\ %s;$1 \\ %s",
                "${{eventKey};${eventKey}"
            })
    void readsDoubledBracesAsSingleOnes(String template, String text) {
        assertThat(rendered("CLICK", template, RulePushes.click("A"))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{openId}",
                "{{",
                "}}",
                "{",
                "$1\\0",
                "%s%n",
                "]]>",
                "<a href=\"javascript:alert(1)\">",
                "'; DROP TABLE users--",
                "\u0000\u0007",
                "\uD800",
                "\u202Etest",
                "👩‍👩‍👧‍👦",
                "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤",
                "${jndi:ldap://a}",
                "\r\n\t",
                "\uFEFF"
            })
    void insertsAValueAsTextAndNothingElse(String value) {
        assertThat(rendered("scancode_waitmsg", "<{scanResult}|{scanResult}>", RulePushes.scan("qrcode", value)))
                .isEqualTo("<" + value + "|" + value + ">");
    }

    @Test
    void refusesAFieldThatTheKindDoesNotHave() {
        String names =
                "expected one of {account} {createTime} {eventKey} {fromUserName} {menuId} {openId} {toUserName}";

        assertThat(problem("CLICK", "Hello {evntKey}"))
                .isEqualTo("CLICK.default.text: found \"Hello {evntKey}\"; {evntKey} is no field of CLICK; " + names
                        + "; did you mean {eventKey}?");
        assertThat(problem("CLICK", "{OPENID}")).endsWith(names + "; did you mean {openId}?");
        assertThat(problem("CLICK", "{ eventKey }")).endsWith(names + "; did you mean {eventKey}?");
        assertThat(problem("CLICK", "{content}"))
                .endsWith("{content} is no field of CLICK; " + names + "; write \"{{\" for a brace");
        assertThat(problem("CLICK", "{}"))
                .endsWith("; {} is no field of CLICK; " + names + "; write \"{{\" for a brace");
        assertThat(problem("CLICK", "{" + "x".repeat(50) + "}"))
                .contains("; {" + "x".repeat(40) + "…} is no field of CLICK; ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type",
                "toString",
                "hashCode",
                "head",
                "id",
                "answerKey",
                "equals",
                "getClass",
                "notify",
                "class"
            })
    void offersNothingButFields(String name) {
        assertThat(problem("text", "{" + name + "}")).contains("{" + name + "} is no field of text");
    }

    @Test
    void refusesABraceWithoutEnd() {
        assertThat(problem("CLICK", "a {eventKey"))
                .isEqualTo(
                        "CLICK.default.text: found \"a {eventKey\"; expected \"}\" after \"{\"; write \"{{\" for a brace");
        assertThat(problem("CLICK", "{")).contains("expected \"}\" after \"{\"");
        assertThat(problem("CLICK", "{{{")).contains("expected \"}\" after \"{\"");
    }

    @Test
    void reportsEveryUnknownFieldOfEveryText() {
        Parsed parsed = Parsed.of(
                "CLICK: { A: { news: [{ title: \"{a1} {a2}\", description: \"{a3}\", picUrl: \"{a4}\", url: \"{a5\" }] } }");

        assertThat(parsed.problems().errors())
                .extracting(
                        problem -> problem.place().path() + " " + problem.rule().substring(0, 4))
                .containsExactly(
                        "CLICK.A.news[0].title {a1}",
                        "CLICK.A.news[0].title {a2}",
                        "CLICK.A.news[0].description {a3}",
                        "CLICK.A.news[0].picUrl {a4}",
                        "CLICK.A.news[0].url expe");
    }

    @Test
    void stopsMultiplyingALongValue() {
        String rendered = rendered("text", "{content}".repeat(1_000), RulePushes.text("长".repeat(20_000)));

        assertThat(rendered).hasSize(80_000);
    }

    @Test
    void everyKindOffersItsSender() {
        assertThat(PushType.all())
                .allSatisfy(type ->
                        assertThat(Placeholders.of(type).byName()).containsKeys("openId", "account", "createTime"));
    }

    @Test
    void refusesToReadAnotherRecord() {
        Rule rule = Parsed.valid("CLICK: { default: { text: \"{eventKey}\" } }")
                .rules()
                .rules()
                .get(0);

        assertThatThrownBy(() -> rule.reply(RulePushes.image(Optional.empty())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String rendered(String section, String template, Push push) {
        return Parsed.valid(section + ":", "  default:", "    text: '" + template + "'")
                .text(push);
    }

    private static String problem(String section, String template) {
        Parsed parsed = Parsed.of(section + ": { default: { text: '" + template + "' } }");
        assertThat(parsed.problems().errors()).hasSize(1);
        assertThat(parsed.texts().get(0)).startsWith("replies.yaml:1: ");
        return parsed.texts().get(0).substring("replies.yaml:1: ".length());
    }
}
