package io.weir.wechat.message;

import static io.weir.wechat.message.Samples.event;
import static io.weir.wechat.message.Samples.pushOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wechat.message.FollowEvent.Subscribe;
import io.weir.wechat.message.JobEvent.MassSendJobFinish;
import io.weir.wechat.message.JobEvent.PublishJobFinish;
import io.weir.wechat.message.MenuEvent.LocationSelect;
import io.weir.wechat.message.MenuEvent.Pictures;
import io.weir.wechat.message.MenuEvent.ScanCode;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What single events have that is odd. */
class EventTest {

    @ParameterizedTest
    @CsvSource({
        "qrscene_42, 42",
        "qrscene_qrscene_42, qrscene_42",
        "qrscene_ , ",
        "last_trade_no_1, ",
        "scanbarcode|EAN_13|1, ",
        "42, "
    })
    void takesTheScenePrefixOffASubscriptionOnce(String eventKey, String scene) {
        Subscribe push = (Subscribe) pushOf(event("subscribe", "<EventKey><![CDATA[" + eventKey + "]]></EventKey>"));

        assertThat(push.scene()).isEqualTo(Optional.ofNullable(scene));
        assertThat(push.answerKey()).isEqualTo(push.scene());
        assertThat(push.eventKey()).contains(eventKey);
    }

    @Test
    void leavesTheSceneOfAScanAsItIs() {
        FollowEvent.Scan push =
                (FollowEvent.Scan) pushOf(event("scan", "<EventKey>qrscene_42</EventKey><Ticket>t</Ticket>"));

        assertThat(push.scene()).isEqualTo("qrscene_42");
        assertThat(push.answerKey()).contains("qrscene_42");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "barcode ! EAN_13,4006381333931 ! EAN_13 ! 4006381333931",
                "barcode ! CODE_128,a,b ! CODE_128 ! a,b",
                "barcode ! 4006381333931 ! ! 4006381333931",
                "qrcode ! a,b ! ! a,b",
            })
    void splitsTheResultOfABarCodeAtItsFirstComma(String type, String result, String symbology, String code) {
        String info =
                "<ScanCodeInfo><ScanType>" + type + "</ScanType><ScanResult>" + result + "</ScanResult></ScanCodeInfo>";

        for (String name : new String[] {"scancode_push", "scancode_waitmsg"}) {
            ScanCode push = (ScanCode) pushOf(event(name, info));

            assertThat(push.scanResult()).isEqualTo(result);
            assertThat(push.symbology()).isEqualTo(Optional.ofNullable(symbology));
            assertThat(push.code()).isEqualTo(code);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "<Count>1</Count><PicList><item><PicMd5Sum>a</PicMd5Sum></item><item><PicMd5Sum>b</PicMd5Sum></item></PicList> ! 2",
                "<PicList><item/></PicList><PicList><item/></PicList><Count>2</Count> ! 2",
                "<item/><PicList><item/><PicList><item/></PicList></PicList><Count>0</Count> ! 3",
                "<Count>4</Count><PicList/> ! 4",
                "<Count>4</Count> ! 4",
                "<Count>0</Count><PicList></PicList> ! 0",
            })
    void countsThePicturesThatAreListedAndTakesCountWhereNoneIs(String info, int count) {
        for (String name : new String[] {"pic_sysphoto", "pic_photo_or_album", "pic_weixin"}) {
            Pictures push = (Pictures) pushOf(event(name, "<SendPicsInfo>" + info + "</SendPicsInfo>"));

            assertThat(push.count()).isEqualTo(count);
        }
    }

    @Test
    void keepsAPictureWithoutADigest() {
        Pictures push = (Pictures)
                pushOf(event("pic_weixin", "<SendPicsInfo><Count>1</Count><PicList><item/></PicList></SendPicsInfo>"));

        assertThat(push.pictures()).containsExactly(new MenuEvent.Picture(Optional.empty()));
    }

    @Test
    void keepsThePlaceExactlyAsWritten() {
        LocationSelect push = (LocationSelect) pushOf(event(
                "location_select",
                "<SendLocationInfo><Location_X> 23.10 </Location_X><Location_Y>-113.000000</Location_Y><Scale>15</Scale>"
                        + "<Label><![CDATA[ a ]]></Label><Poiname>p</Poiname></SendLocationInfo>"));

        assertThat(push.x()).hasToString("23.10");
        assertThat(push.y()).hasToString("-113.000000");
        assertThat(push.label()).isEqualTo(" a ");
        assertThat(push.poiName()).contains("p");
    }

    @ParameterizedTest
    @CsvSource({
        "success, true",
        "Success, true",
        "failed:user block, false",
        "failed: system failed, false",
        "'', false"
    })
    void tellsWhetherATemplateMessageWasDelivered(String status, boolean succeeded) {
        JobEvent push = (JobEvent)
                pushOf(event("TEMPLATESENDJOBFINISH", "<MsgID>1</MsgID><Status><![CDATA[" + status + "]]></Status>"));

        assertThat(push.succeeded()).isEqualTo(succeeded);
    }

    @ParameterizedTest
    @CsvSource({
        "send success, true, ",
        "sendsuccess, true, ",
        "send fail, false, ",
        "err(20002), false, 20002",
        "err(99999999999), false, "
    })
    void tellsWhatBecameOfAMassMessage(String status, boolean succeeded, Integer error) {
        MassSendJobFinish push = (MassSendJobFinish) pushOf(event(
                "MASSSENDJOBFINISH",
                "<MsgID>1</MsgID><Status>" + status + "</Status><TotalCount>1</TotalCount><FilterCount>1</FilterCount>"
                        + "<SentCount>1</SentCount><ErrorCount>0</ErrorCount>"));

        assertThat(push.succeeded()).isEqualTo(succeeded);
        assertThat(push.errorNumber()).isEqualTo(error == null ? OptionalInt.empty() : OptionalInt.of(error));
    }

    @ParameterizedTest
    @ValueSource(strings = {"event/PUBLISHJOBFINISH", "event/FREEPUBLISHJOBFINISH"})
    void tellsThatAPublicationFailedUnderBothOfItsNames(String sample) {
        PublishJobFinish push = (PublishJobFinish) Samples.push(sample);

        assertThat(push.type()).isSameAs(PushType.PUBLISHJOBFINISH);
        assertThat(push.succeeded()).isFalse();
    }

    @Test
    void tellsThatAPublicationSucceeded() {
        assertThat(((PublishJobFinish) Samples.push("event/PUBLISHJOBFINISH-success")).succeeded())
                .isTrue();
    }

    @Test
    void namesTheUserConcernedAndNotThePlatformThatReports() {
        UserDataEvent push = (UserDataEvent) Samples.push("event/user_authorization_revoke");

        assertThat(push.openId()).isEqualTo("oY7hTs2Jk9Lm4Np6Qr8St0Uv2Wx4");
        assertThat(push.fromUserName()).isEqualTo("oPlatform0000000000000000001");
    }
}
