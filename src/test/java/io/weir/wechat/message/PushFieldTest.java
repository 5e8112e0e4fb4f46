package io.weir.wechat.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wechat.message.PushField.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushFieldTest {
    @Test
    void describesWhatAConstructorReads() {
        assertThat(PushField.of(PushType.LOCATION_REPORT))
                .containsExactly(
                        field("Latitude", Kind.DECIMAL, true),
                        field("Longitude", Kind.DECIMAL, true),
                        field("Precision", Kind.DECIMAL, true));
        assertThat(PushField.of(PushType.CLICK))
                .containsExactly(
                        field("EventKey", Kind.TEXT, false),
                        field("MenuId", Kind.TEXT, false),
                        field("MenuID", Kind.TEXT, false));
    }

    @Test
    void describesElementsInsideOthers() {
        assertThat(PushField.of(PushType.PIC_WEIXIN))
                .contains(new PushField(
                        "SendPicsInfo",
                        Kind.OBJECT,
                        true,
                        List.of(
                                field("Count", Kind.INTEGER, false),
                                new PushField(
                                        "item",
                                        Kind.LIST_WITHIN,
                                        false,
                                        List.of(field("PicMd5Sum", Kind.TEXT, false))))));
    }

    @Test
    void describesEveryKindThatHasARecord() {
        for (PushType<?> type : PushType.all()) {
            assertThat(PushField.of(type).isEmpty()).as(type.wireName()).isEqualTo(type == PushType.UNKNOWN);
        }
    }

    private static PushField field(String name, Kind kind, boolean required) {
        return new PushField(name, kind, required, List.of());
    }
}
