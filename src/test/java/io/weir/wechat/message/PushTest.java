package io.weir.wechat.message;

import static io.weir.wechat.message.Samples.event;
import static io.weir.wechat.message.Samples.message;
import static io.weir.wechat.message.Samples.pushOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all pushes have in common, and when one of them is unknown or none at all. */
class PushTest {
    private static final String PLACE = "<Location_X>31.2</Location_X><Location_Y>121.4</Location_Y>";

    @Test
    void tellsItsAccountItsPartiesAndItsTime() {
        Push push = Samples.push("event/CLICK");

        assertThat(push.account()).isEqualTo("main");
        assertThat(push.toUserName()).isEqualTo("gh_5f21c0ffee01");
        assertThat(push.fromUserName()).isEqualTo("oY7hTs2Jk9Lm4Np6Qr8St0Uv2Wx4");
        assertThat(push.openId()).isEqualTo(push.fromUserName());
        assertThat(push.createTime()).isEqualTo(Instant.ofEpochSecond(1731992001));
    }

    @Test
    void tellsWhatIdentifiesAMessage() {
        Message message = (Message) Samples.push("message/text-article");

        assertThat(message.msgId()).isEqualTo("24711000000000019");
        assertThat(message.msgDataId()).contains("2651234567");
        assertThat(message.idx()).isEqualTo(OptionalInt.of(2));
    }

    @ParameterizedTest
    @CsvSource({
        "message/text, 满意",
        "event/CLICK, MENU_NEWS_TODAY",
        "event/VIEW, https://www.example.com/m?a=1&b=2#top",
        "event/pic_weixin, photo_c",
        "event/location_select, place_a",
        "event/subscribe-qr, shop-042",
        "event/SCAN, shop-042",
    })
    void isAnsweredByItsKey(String sample, String key) {
        assertThat(Samples.push(sample).answerKey()).contains(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "message/image",
                "event/subscribe",
                "event/subscribe-payment",
                "event/subscribe-product",
                "event/unsubscribe",
                "event/LOCATION",
                "unknown/file"
            })
    void hasNoKeyWhereThereIsOneAnswerOnly(String sample) {
        assertThat(Samples.push(sample).answerKey()).isEmpty();
    }

    @Test
    void keepsAllElementsOfAnUnknownPush() {
        Unknown push = (Unknown) Samples.push("unknown/some_future_event");

        assertThat(push.type()).isSameAs(PushType.UNKNOWN);
        assertThat(push.event()).contains("some_future_event");
        assertThat(push.body()
                        .child("NewBlock")
                        .orElseThrow()
                        .child("list")
                        .orElseThrow()
                        .child("a")
                        .orElseThrow()
                        .text())
                .isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<MsgType/>",
                "<MsgType>event</MsgType>",
                "<MsgType>event</MsgType><Event/>",
                "<MsgType>new</MsgType>"
            })
    void isUnknownWhereTheKindIsNotSaid(String rest) {
        Push push = pushOf("<xml><ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName><CreateTime>5</CreateTime>"
                + rest + "</xml>");

        assertThat(push).isInstanceOf(Unknown.class);
        assertThat(push.head()).isEqualTo(new Head("main", "gh_1", "o1", Instant.ofEpochSecond(5)));
        assertThat(((Unknown) push).event()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "1.5", "253402300800", "99999999999999999999"})
    void isUnknownWhereTheTimeIsNone(String time) {
        Push push = pushOf("<xml><ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName><CreateTime>" + time
                + "</CreateTime><MsgType>event</MsgType><Event>CLICK</Event></xml>");

        assertThat(push).isInstanceOf(Unknown.class);
        assertThat(push.head()).isEqualTo(new Head("main", "gh_1", "o1", Instant.EPOCH));
        assertThat(((Unknown) push).msgType()).isEqualTo("event");
        assertThat(((Unknown) push).event()).contains("CLICK");
    }

    @Test
    void isUnknownWithoutParties() {
        Push push = pushOf("<xml><CreateTime>5</CreateTime><MsgType>event</MsgType><Event>CLICK</Event></xml>");

        assertThat(push).isInstanceOf(Unknown.class);
        assertThat(push.toUserName()).isEmpty();
        assertThat(push.fromUserName()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "text ! ",
                "image ! <MediaId>m</MediaId>",
                "voice ! <MediaId>m</MediaId>",
                "voice ! <Format>amr</Format>",
                "video ! <MediaId>m</MediaId>",
                "shortvideo ! <ThumbMediaId>m</ThumbMediaId>",
                "location ! <Location_X>1</Location_X><Scale>1</Scale><Label>a</Label>",
                "location ! " + PLACE + "<Scale>1</Scale>",
                "location ! " + PLACE + "<Scale>fine</Scale><Label>a</Label>",
                "location ! <Location_X>1e5</Location_X><Location_Y>2</Location_Y><Scale>1</Scale><Label>a</Label>",
                "location ! <Location_X>1,5</Location_X><Location_Y>2</Location_Y><Scale>1</Scale><Label>a</Label>",
                "location ! <Location_X/><Location_Y>2</Location_Y><Scale>1</Scale><Label>a</Label>",
                "location ! <Location_X>123456789012345678901234567890123</Location_X><Location_Y>2</Location_Y><Scale>1</Scale><Label>a</Label>",
                "link ! <Title>t</Title><Url>u</Url>",
                "text ! <Content>a</Content><Content>b</Content>",
                "text ! <Content>a</Content><Idx>one</Idx>",
            })
    void isUnknownWhereAFieldOfAMessageIsMissingOrNotOfItsType(String type, String rest) {
        assertThat(pushOf(message(type, rest == null ? "" : rest))).isInstanceOf(Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<MsgId/>", "<MsgId> </MsgId>"})
    void isUnknownWhereAMessageHasNoId(String msgId) {
        String xml = message("text", "<Content>a</Content>").replace("<MsgId>1</MsgId>", msgId);

        assertThat(pushOf(xml)).isInstanceOf(Unknown.class);
    }

    @Test
    void answersAScanWithoutTicketAndPicturesWithoutCount() {
        assertThat(pushOf(event("SCAN", "<EventKey>k</EventKey>")).answerKey()).contains("k");
        assertThat(pushOf(event("pic_weixin", "<SendPicsInfo><PicList/></SendPicsInfo>")))
                .isInstanceOfSatisfying(
                        MenuEvent.PicWeixin.class,
                        push -> assertThat(push.count()).isZero());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "SCAN ! <Ticket>t</Ticket>",
                "LOCATION ! <Latitude>1</Latitude><Longitude>2</Longitude>",
                "scancode_push ! <EventKey>k</EventKey>",
                "scancode_waitmsg ! <ScanCodeInfo><ScanType>qrcode</ScanType></ScanCodeInfo>",
                "pic_sysphoto ! <EventKey>k</EventKey>",
                "pic_weixin ! <SendPicsInfo><Count>two</Count></SendPicsInfo>",
                "location_select ! " + PLACE + "<Scale>1</Scale><Label>a</Label>",
                "location_select ! <SendLocationInfo>" + PLACE + "<Scale>1</Scale></SendLocationInfo>",
                "TEMPLATESENDJOBFINISH ! <MsgID>1</MsgID>",
                "TEMPLATESENDJOBFINISH ! <MsgId>1</MsgId><Status>success</Status>",
                "MASSSENDJOBFINISH ! <MsgID>1</MsgID><Status>send success</Status>",
                "PUBLISHJOBFINISH ! <publish_id>1</publish_id><publish_status>0</publish_status>",
                "PUBLISHJOBFINISH ! <PublishEventInfo><publish_id>1</publish_id></PublishEventInfo>",
                "subscribe_msg_popup_event ! <List><TemplateId>t</TemplateId></List>",
                "subscribe_msg_sent_event ! <SubscribeMsgSentEvent><List><TemplateId>t</TemplateId></List></SubscribeMsgSentEvent>",
                "kf_create_session ! ",
                "kf_switch_session ! <FromKfAccount>a</FromKfAccount>",
                "annual_renew ! <ExpiredTime>soon</ExpiredTime>",
                "naming_verify_fail ! <FailTime>1</FailTime>",
                "user_info_modified ! <OpenID>o</OpenID>",
            })
    void isUnknownWhereAFieldOfAnEventIsMissingOrNotOfItsType(String event, String rest) {
        assertThat(pushOf(event(event, rest == null ? "" : rest))).isInstanceOf(Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CLICK", "VIEW", "view_miniprogram"})
    void hasAnEmptyKeyWhereAnOldButtonSendsNone(String event) {
        assertThat(((MenuEvent) pushOf(event(event, ""))).eventKey()).isEmpty();
    }

    @Test
    void readsNumbersInCdataAndTextsWithoutIt() {
        Push push = pushOf("<xml><ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName>"
                + "<CreateTime><![CDATA[5]]></CreateTime><MsgType> event\n</MsgType><Event> click </Event>"
                + "<EventKey>a &amp; b</EventKey><MenuId><![CDATA[ 7 ]]></MenuId></xml>");

        assertThat(push)
                .isEqualTo(new MenuEvent.Click(
                        new Head("main", "gh_1", "o1", Instant.ofEpochSecond(5)), "a & b", Optional.of("7")));
    }

    @Test
    void readsElementsInAnyOrderAndIgnoresThoseItDoesNotKnow() {
        Push push = pushOf(
                "<xml><New><EventKey>inner</EventKey></New><EventKey>k</EventKey><Event>CLICK</Event><MsgType>event</MsgType>"
                        + "<CreateTime>5</CreateTime><FromUserName>o1</FromUserName><ToUserName>gh_1</ToUserName></xml>");

        assertThat(push.answerKey()).contains("k");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ToUserName", "FromUserName", "CreateTime", "MsgType", "Event", "EventKey", "MsgId", "Encrypt"})
    void isNoPushWhereAnElementThatIdentifiesItStandsTwice(String name) {
        String xml = "<xml><" + name + ">1</" + name + "><" + name + ">1</" + name + "></xml>";

        assertThatThrownBy(() -> PushReader.checkForm(Samples.root(xml.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(NotAPushException.class)
                .hasMessage("has " + name + " twice")
                .hasNoSuppressedExceptions();
    }

    @Test
    void isNoPushWhereTheRootIsNotXml() {
        assertThatThrownBy(() -> PushReader.checkForm(Samples.root("<XML/>".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(NotAPushException.class)
                .hasMessage("the root element is not xml");
    }
}
