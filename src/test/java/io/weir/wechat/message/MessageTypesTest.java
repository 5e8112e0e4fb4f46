package io.weir.wechat.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The message types are complete: every record has its line and its sample, and every sample is read as it should be. */
class MessageTypesTest {
    private static final Map<String, Push> EXPECTED = ExpectedPushes.all();

    @Test
    void everyRecordHasExactlyOneLineInTheDecoderTable() {
        List<Class<?>> table =
                PushType.all().stream().<Class<?>>map(PushType::record).toList();

        assertThat(table)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(leaves(Push.class).toList());
        assertThat(table).allMatch(Class::isRecord);
    }

    @Test
    void everyKindHasASampleOfItsName() {
        Set<String> kinds = PushType.all().stream()
                .filter(type -> type != PushType.UNKNOWN)
                .map(type -> folder(type) + "/" + type.wireName())
                .collect(Collectors.toSet());

        assertThat(Samples.names()).containsAll(kinds);
    }

    @Test
    void everySampleHasAnExpectation() {
        assertThat(EXPECTED.keySet()).containsExactlyInAnyOrderElementsOf(Samples.names());
    }

    @ParameterizedTest
    @MethodSource("io.weir.wechat.message.Samples#names")
    void readsEachSampleAsExactlyWhatItIs(String sample) {
        Push push = Samples.push(sample);

        assertThat(push).isEqualTo(EXPECTED.get(sample));
        assertThat(push.type().record()).isEqualTo(push.getClass());
    }

    @ParameterizedTest
    @MethodSource("io.weir.wechat.message.Samples#names")
    void namesEachSampleAfterItsKind(String sample) {
        Push push = Samples.push(sample);

        String name = sample.substring(sample.indexOf('/') + 1)
                .replaceFirst("-.*", "")
                .replace("FREEPUBLISH", "PUBLISH");
        assertThat(sample.substring(0, sample.indexOf('/'))).isEqualTo(folder(push.type()));
        assertThat(push.type().wireName()).isEqualTo(push instanceof Unknown ? "unknown" : name);
    }

    @ParameterizedTest
    @MethodSource("io.weir.wechat.message.PushType#all")
    void findsAKindWhateverTheCaseOfItsName(PushType<?> type) {
        boolean message = Message.class.isAssignableFrom(type.record());
        String name = type.wireName();

        for (String written : List.of(name, name.toUpperCase(Locale.ROOT), name.toLowerCase(Locale.ROOT))) {
            assertThat(message ? PushType.ofWire(written, "") : PushType.ofWire("EVENT", written))
                    .isSameAs(type);
        }
    }

    @Test
    void keepsTheLocationMessageAndTheLocationEventApart() {
        assertThat(PushType.ofWire("location", "")).isSameAs(PushType.LOCATION);
        assertThat(PushType.ofWire("event", "location")).isSameAs(PushType.LOCATION_REPORT);
        assertThat(PushType.LOCATION.address()).isEqualTo("push.message.location");
        assertThat(PushType.LOCATION_REPORT.address()).isEqualTo("push.event.location");
    }

    @Test
    void givesEachKindAnAddressOfItsOwn() {
        assertThat(PushType.all()).extracting(PushType::address).doesNotHaveDuplicates();
        assertThat(PushType.CLICK.address()).isEqualTo("push.event.click");
        assertThat(PushType.CLICK.observedAddress()).isEqualTo("push.event.click.observed");
        assertThat(PushType.UNKNOWN.address()).isEqualTo("push.unknown");
        assertThat(PushType.SCANCODE_PUSH).hasToString("scancode_push");
    }

    @Test
    void letsOnlyThoseKindsBeRepliedToWhoseReplyIsShown() {
        List<String> repliable = PushType.all().stream()
                .filter(PushType::takesReply)
                .map(type -> folder(type) + "/" + type.wireName())
                .toList();

        assertThat(repliable)
                .containsExactlyInAnyOrder(
                        "message/text",
                        "message/image",
                        "message/voice",
                        "message/video",
                        "message/shortvideo",
                        "message/location",
                        "message/link",
                        "event/CLICK",
                        "event/scancode_push",
                        "event/scancode_waitmsg",
                        "event/pic_sysphoto",
                        "event/pic_photo_or_album",
                        "event/pic_weixin",
                        "event/location_select",
                        "event/subscribe",
                        "event/SCAN");
    }

    @ParameterizedTest
    @CsvSource({
        "TEXT, content msgId openId",
        "IMAGE, picUrl mediaId",
        "VOICE, mediaId format mediaId16K recognition",
        "VIDEO, mediaId thumbMediaId",
        "SHORTVIDEO, mediaId thumbMediaId",
        "LOCATION, x y scale label",
        "LINK, title description url",
        "SUBSCRIBE, eventKey scene ticket",
        "SCAN, eventKey scene ticket",
        "CLICK, eventKey menuId openId",
        "VIEW, eventKey menuId",
        "SCANCODE_PUSH, eventKey scanType scanResult symbology code",
        "SCANCODE_WAITMSG, eventKey scanType scanResult symbology code",
        "PIC_SYSPHOTO, eventKey count",
        "PIC_PHOTO_OR_ALBUM, eventKey count",
        "PIC_WEIXIN, eventKey count",
        "LOCATION_SELECT, eventKey x y scale label poiName",
        "LOCATION_REPORT, latitude longitude precision",
        "TEMPLATESENDJOBFINISH, msgId status",
    })
    void offersThePlaceholdersThatRepliesAreWrittenWith(String constant, String names)
            throws ReflectiveOperationException {
        PushType<?> type = (PushType<?>) PushType.class.getField(constant).get(null);

        assertThat(type.record().getMethods())
                .filteredOn(method -> method.getParameterCount() == 0)
                .extracting(Method::getName)
                .contains(names.split(" "));
    }

    @ParameterizedTest
    @MethodSource("io.weir.wechat.message.PushType#all")
    void beginsEachRecordWithTheHead(PushType<?> type) {
        RecordComponent first = type.record().getRecordComponents()[0];

        assertThat(first.getName()).isEqualTo("head");
        assertThat(first.getType()).isEqualTo(Head.class);
    }

    @Test
    void refusesToReadAKindThatHasNoRecord() {
        PushFields fields =
                new PushFields(new Head("main", "", "", Instant.EPOCH), Samples.root(Samples.bytes("unknown/file")));

        assertThatThrownBy(() -> PushType.UNKNOWN.read(fields)).isInstanceOf(FieldException.class);
    }

    private static String folder(PushType<?> type) {
        return Message.class.isAssignableFrom(type.record())
                ? "message"
                : Event.class.isAssignableFrom(type.record()) ? "event" : "unknown";
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(MessageTypesTest::leaves)
                : Stream.of(type);
    }
}
