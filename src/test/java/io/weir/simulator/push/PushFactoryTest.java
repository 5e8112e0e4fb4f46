package io.weir.simulator.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.simulator.push.PushOrder.FieldSetting;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PushFactoryTest {
    private static final String HEAD = "<xml><ToUserName><![CDATA[gh_feed00000001]]></ToUserName>"
            + "<FromUserName><![CDATA[oWeirSimulatedUser0000000001]]></FromUserName>"
            + "<CreateTime>1790000001</CreateTime>";

    private final PushTemplates templates = PushTemplates.bundled();
    private final PushFactory factory = new PushFactory(
            templates, Clock.fixed(Instant.ofEpochSecond(1790000001), ZoneOffset.UTC), () -> 9007199254740993123L);

    @Test
    void buildsAMessageWithAMessageId() {
        assertThat(create("text").xml())
                .isEqualTo(HEAD + "<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[你好]]></Content>"
                        + "<MsgId>9007199254740993123</MsgId></xml>");
    }

    @Test
    void buildsAnEventWithoutAMessageId() {
        assertThat(factory.create(PushOrder.of("CLICK").withKey("V1001"), account())
                        .xml())
                .isEqualTo(HEAD + "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[CLICK]]></Event>"
                        + "<EventKey><![CDATA[V1001]]></EventKey></xml>");
    }

    @Test
    void buildsNestedAndRepeatedElements() {
        assertThat(create("pic_photo_or_album").xml())
                .contains(
                        "<SendPicsInfo><Count>2</Count><PicList><item><PicMd5Sum><![CDATA[9a0364b9e99bb480dd25e1f0284c8555"
                                + "]]></PicMd5Sum></item><item><PicMd5Sum><![CDATA[6a204bd89f3c8348afd5c77c717a097a"
                                + "]]></PicMd5Sum></item></PicList></SendPicsInfo>");
        assertThat(create("subscribe_msg_popup_event").xml())
                .contains("<SubscribeMsgPopupEvent><List><TemplateId>", "</PopupScene></List><List><TemplateId>");
        assertThat(create("FREEPUBLISHJOBFINISH").xml()).contains("<fail_idx>1</fail_idx><fail_idx>3</fail_idx>");
    }

    @Test
    void keepsTheDigitsOfANumber() {
        assertThat(create("location").xml()).contains("<Location_Y>120.155070</Location_Y>");
        assertThat(create("TEMPLATESENDJOBFINISH").xml()).contains("<MsgID>3500000000000000001</MsgID>");
    }

    @Test
    void followingByQrCodeBringsPrefixAndTicket() {
        assertThat(create("subscribe").value("EventKey")).isEmpty();
        assertThat(create("subscribe").xml()).doesNotContain("Ticket");
        for (String key : List.of("door-7", "qrscene_door-7")) {
            SimulatedPush push = factory.create(PushOrder.of("subscribe").withKey(key), account());
            assertThat(push.value("EventKey")).isEqualTo("qrscene_door-7");
            assertThat(push.value("Ticket")).isNotEmpty();
        }
    }

    @Test
    void scanKeepsTheSceneAsItIs() {
        assertThat(factory.create(PushOrder.of("SCAN").withKey("qrscene_x"), account())
                        .value("EventKey"))
                .isEqualTo("qrscene_x");
    }

    @Test
    void refusesAKeyWhereThereIsNone() {
        assertThatThrownBy(() -> factory.create(PushOrder.of("text").withKey("hi"), account()))
                .hasMessage("a message of type text has no key; for its text use --field Content=hi");
        assertThatThrownBy(() -> factory.create(PushOrder.of("image").withKey("hi"), account()))
                .hasMessage("a message of type image has no key; set its elements with --field Name=value");
        assertThatThrownBy(() -> factory.create(PushOrder.of("LOCATION").withKey("hi"), account()))
                .hasMessageContaining("--field EventKey=hi");
    }

    @Test
    void takesAKeyForAnEventOfAnyName() {
        SimulatedPush push = factory.create(PushOrder.of("event:brand_new").withKey("k"), account());

        assertThat(push.value("Event")).isEqualTo("brand_new");
        assertThat(push.value("EventKey")).isEqualTo("k");
    }

    @Test
    void setsFieldsLast() {
        SimulatedPush push = create("location_select", "SendLocationInfo.Label=a=b", "CreateTime=7", "Extra.Deep=1");

        assertThat(push.value("CreateTime")).isEqualTo("7");
        assertThat(push.xml())
                .contains("<Label><![CDATA[a=b]]></Label>", "<CreateTime>7</CreateTime>")
                .endsWith("<Extra><Deep><![CDATA[1]]></Deep></Extra></xml>");
    }

    @Test
    void writesANumberThatIsNoneAsText() {
        assertThat(create("text", "CreateTime=<soon>").xml()).contains("<CreateTime><![CDATA[<soon>]]></CreateTime>");
    }

    @Test
    void refusesFieldsThatDoNotFit() {
        assertThatThrownBy(() -> create("scancode_push", "ScanCodeInfo=x"))
                .hasMessage(
                        "ScanCodeInfo holds elements, not a value: name one of them, as in ScanCodeInfo.Name=value");
        assertThatThrownBy(() -> create("text", "Content.Inner=x")).hasMessageStartingWith("Content holds a value");
        for (String wrong : List.of("Content", "=x", "a b=x", ".a=x", "a..b=x", "<a>=x")) {
            assertThatThrownBy(() -> FieldSetting.parse(wrong)).hasMessageContaining("found '" + wrong + "'");
        }
    }

    @Test
    void sendsAccountEventsFromTheAccountsOfWeChatUnlessAUserIsNamed() {
        assertThat(create("verify_expired").value("FromUserName")).isEqualTo("oWeirSystem00000000000000001");
        assertThat(create("verify_expired").xml()).containsOnlyOnce("<FromUserName>");
        PushOrder named = new PushOrder("verify_expired", Optional.empty(), List.of(), Optional.of("oOther"));
        assertThat(factory.create(named, account()).value("FromUserName")).isEqualTo("oOther");
    }

    @Test
    void givesEveryMessageAnotherId() {
        PushFactory real = new PushFactory(templates);

        String one = real.create(PushOrder.of("text"), account()).value("MsgId");
        String two = real.create(PushOrder.of("text"), account()).value("MsgId");

        assertThat(one).matches("[0-9]{17,19}").isNotEqualTo(two);
    }

    @Test
    void everyTemplateMakesReadableXml() throws Exception {
        for (PushTemplate template : templates.all()) {
            SimulatedPush push = create(template.wireName());
            assertThat(AnswerXml.parse(push.xml())).hasSameSizeAs(push.elements());
            assertThat(AnswerXml.parse(push.prettyXml())).hasSameSizeAs(push.elements());
        }
    }

    private SimulatedPush create(String type, String... fields) {
        List<FieldSetting> settings =
                List.of(fields).stream().map(FieldSetting::parse).toList();
        return factory.create(new PushOrder(type, Optional.empty(), settings, Optional.empty()), account());
    }

    private static SimulatedAccount account() {
        return TestAccounts.withoutKey();
    }
}
