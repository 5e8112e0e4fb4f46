package io.weir.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.weir.backend.BackendException.Kind;
import io.weir.backend.BackendFormat.Answer;
import io.weir.backend.BackendFormat.Request;
import io.weir.config.Secret;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.Samples;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFormatTest {
    private static final Secret SECRET = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final Duration LIMIT = Duration.ofMillis(2_900);

    private final JsonFormat format = new JsonFormat(
            new WebhookSigner(List.of(SECRET)), Clock.fixed(Instant.ofEpochSecond(1_732_000_200), ZoneOffset.UTC));

    @Test
    void putsAPushAsASignedCloudEvent() {
        Request request = format.request(
                Deliveries.of(Samples.event("CLICK", "<EventKey><![CDATA[V1]]></EventKey><New>1</New>")), LIMIT);

        JsonObject event = new JsonObject(request.body());
        assertThat(event)
                .isEqualTo(new JsonObject()
                        .put("specversion", "1.0")
                        .put("id", "AAECAwQFBgcICQoLDA0ODw")
                        .put("source", "weir/main")
                        .put("type", "weixin.event.CLICK")
                        .put("subject", "oUser")
                        .put("time", "2024-11-19T07:06:40Z")
                        .put("attempt", 2)
                        .put("redelivered", true)
                        .put("replay", false)
                        .put("remainingms", 2_900)
                        .put("datacontenttype", "application/json")
                        .put(
                                "data",
                                new JsonObject()
                                        .put("ToUserName", "gh_1")
                                        .put("FromUserName", "oUser")
                                        .put("CreateTime", 1_732_000_000)
                                        .put("MsgType", "event")
                                        .put("Event", "CLICK")
                                        .put("EventKey", "V1")
                                        .put("New", "1")));
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach((name, value) -> headers.put(name.toString(), value));
        assertThat(headers)
                .containsEntry("content-type", "application/cloudevents+json; charset=UTF-8")
                .containsEntry("webhook-id", "AAECAwQFBgcICQoLDA0ODw")
                .containsEntry("webhook-timestamp", "1732000200")
                .containsEntry(
                        "webhook-signature",
                        new WebhookSigner(List.of(SECRET))
                                .sign(
                                        "AAECAwQFBgcICQoLDA0ODw",
                                        1_732_000_200,
                                        request.body().getBytes()));
        assertThat(request.query()).isEmpty();
    }

    @Test
    void keepsIdentifiersTextsAndMakesNumbersOfNumbers() {
        JsonObject data = data(
                Samples.message(
                        "location",
                        "<Location_X>23.134521</Location_X><Location_Y>113.358803</Location_Y><Scale>20</Scale><Label></Label>"));

        assertThat(data.getValue("MsgId")).isEqualTo("1");
        assertThat(data.getValue("Location_X")).isEqualTo(23.134521);
        assertThat(data.getValue("Scale")).isEqualTo(20);
        assertThat(data.getValue("Label")).isEqualTo("");
    }

    @Test
    void makesAListOfWhatMayStandSeveralTimesEvenIfItStandsOnce() {
        JsonObject data = data(Samples.event(
                "pic_weixin",
                "<EventKey>k</EventKey><SendPicsInfo><Count>1</Count><PicList><item><PicMd5Sum>a</PicMd5Sum></item>"
                        + "</PicList></SendPicsInfo>"));

        JsonObject pictures = data.getJsonObject("SendPicsInfo");
        assertThat(pictures.getValue("Count")).isEqualTo(1);
        assertThat(pictures.getJsonObject("PicList").getJsonArray("item"))
                .isEqualTo(new JsonArray().add(new JsonObject().put("PicMd5Sum", "a")));
    }

    @Test
    void tellsAKindThatWeChatHasJustInventedAsItCame() {
        String xml = Samples.event("brand_new", "<A><B>1</B><B>2</B></A>");

        JsonObject event = event(xml);
        assertThat(event.getString("type")).isEqualTo("weixin.event.brand_new");
        assertThat(event.getJsonObject("data").getJsonObject("A").getJsonArray("B"))
                .isEqualTo(new JsonArray().add("1").add("2"));
    }

    @ParameterizedTest
    @MethodSource("io.weir.wechat.message.Samples#names")
    void putsEverySample(String name) {
        JsonObject event =
                new JsonObject(format.request(Deliveries.sample(name), LIMIT).body());

        assertThat(event.getString("type")).startsWith("weixin.");
        assertThat(event.getJsonObject("data").fieldNames()).contains("MsgType");
    }

    @Test
    void tellsTheMessageLocationFromTheEventLocation() {
        assertThat(JsonFormat.type(PushType.LOCATION)).isEqualTo("weixin.message.location");
        assertThat(JsonFormat.type(PushType.LOCATION_REPORT)).isEqualTo("weixin.event.LOCATION");
    }

    @Test
    void readsAReplyAndTakesItsTextsAsTheyAre() {
        assertThat(read("{\"text\": \"{eventKey} }} {{ ${HOME}\"}")).isEqualTo(Reply.text("{eventKey} }} {{ ${HOME}"));
        assertThat(read("{\"text\": 5}")).isEqualTo(Reply.text("5"));
        assertThat(read("{\"text\": \"\\u6c49\uD83D\uDE00\"}")).isEqualTo(Reply.text("汉\uD83D\uDE00"));
        assertThat(read("{\"text\": \"" + "汉".repeat(1_000) + "\"}")).isEqualTo(Reply.text("汉".repeat(1_000)));
        assertThat(read("{\"image\":\"m\"}")).isEqualTo(new Reply.Image("m"));
        assertThat(read("{\"none\":true}")).isEqualTo(Reply.NONE);
        assertThat(read("{\"news\":[{\"title\":\"t\",\"description\":\"\",\"picUrl\":\"\",\"url\":\"u\"}]}"))
                .isEqualTo(new Reply.News(List.of(new Reply.Article("t", "", "", "u"))));
        assertThat(read("{\"transferToService\":{}}")).isEqualTo(new Reply.TransferToService(Optional.empty()));
        assertThat(read("{\"transferToService\":{\"account\":\"a@b\"}}"))
                .isEqualTo(new Reply.TransferToService(Optional.of("a@b")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "                                  | line 1",
                "[]                                | line 1",
                "{\"text\":\"a\"                   | line 1",
                "{\"text\":\"a\"} {}               | line 1",
                "{\"text\":\"a\",\"text\":\"b\"}   | line 1: expected every key once",
                "{}                                | line 1: expected exactly one of text",
                "{\"text\":\"a\",\"image\":\"b\"}  | line 1: expected exactly one of text",
                "{\"text\":\"a\",\"title\":\"b\"}  | title: expected text",
                "{\"text\":{\"a\":1}}              | text: expected a single value",
                "{\"text\":\"  \"}                 | text: expected a text",
                "{\"text\":null}                   | text: expected a text",
                "{\"txt\":\"a\"}                   | txt: expected text",
                "{\"backend\":\"shop\"}            | backend: expected text",
                "{\"news\":[]}                     | news: expected a list of articles",
                "{\"news\":[{\"title\":\"t\"}]}    | news[0].description: expected a text",
                "{\"video\":{\"title\":\"t\"}}     | video.mediaId: expected a value",
                "{\"music\":\"m\"}                 | music: expected a map",
            })
    void refusesWhatIsNoReply(String body, String rule) {
        assertThatThrownBy(() -> read(body == null ? "" : body))
                .isInstanceOf(BackendException.class)
                .hasMessageStartingWith(rule)
                .satisfies(failure ->
                        assertThat(((BackendException) failure).kind()).isEqualTo(Kind.UNREADABLE));
    }

    @Test
    void refusesWhatIsNotUtf8() {
        byte[] body = "{\"text\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> format.read(
                        new Answer("application/json", Buffer.buffer(body)), Deliveries.sample("event/CLICK")))
                .isInstanceOf(BackendException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/html", "text/plain", "application/xml"})
    void refusesAnotherType(String type) {
        Answer answer = new Answer(type, Buffer.buffer("{\"text\":\"a\"}"));

        assertThatThrownBy(() -> format.read(answer, Deliveries.sample("event/CLICK")))
                .satisfies(failure ->
                        assertThat(((BackendException) failure).kind()).isEqualTo(Kind.TYPE));
    }

    @Test
    void saysNothingOfWhatTheBackendHasWritten() {
        assertThatThrownBy(() -> read("{\"news\":\"a user's secret\"}")).hasMessageNotContaining("secret");
    }

    private Reply read(String body) {
        return format.read(new Answer("application/json", Buffer.buffer(body)), Deliveries.sample("event/CLICK"));
    }

    private JsonObject data(String xml) {
        return event(xml).getJsonObject("data");
    }

    private JsonObject event(String xml) {
        return new JsonObject(format.request(Deliveries.of(xml), LIMIT).body());
    }
}
