package io.weir.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShippedRepliesTest {
    private final Parsed shipped = Parsed.valid(read());

    @Test
    void answersEveryKindThatTakesAReply() {
        for (PushType<?> type : PushType.all()) {
            assertThat(shipped.rules().answers(type, "whatever"))
                    .as(type.wireName())
                    .isEqualTo(type.takesReply());
        }
    }

    @Test
    void answersTheButtonsOfTheSourceDocument() {
        assertThat(shipped.text(RulePushes.click("V1001_SUNCK"))).isEqualTo("sunck is a good man");
        assertThat(shipped.text(RulePushes.click("V1002_MASSAGE_BEAUTIFUL01"))).isEqualTo("林志玲为您服务");
        assertThat(shipped.text(RulePushes.click("V1002_MASSAGE_BEAUTIFUL02"))).isEqualTo("范冰冰为您服务");
        assertThat(shipped.text(RulePushes.click("V1002_MASSAGE_BEAUTIFUL03"))).isEqualTo("关之琳为您服务");
        assertThat(shipped.text(RulePushes.click("NEW"))).isEqualTo("Unknown button NEW");
    }

    @Test
    void answersTexts() {
        assertThat(shipped.text(RulePushes.text("你好 "))).isEqualTo("你好！");
        assertThat(shipped.text(RulePushes.text("请问营业时间？"))).isEqualTo("我们每天 9:00–21:00 营业。");
        assertThat(shipped.text(RulePushes.text("订单 20481024"))).isEqualTo("正在为您查询：订单 20481024");
        assertThat(shipped.text(RulePushes.text("Hello there"))).isEqualTo("Hello!");
        assertThat(shipped.reply(RulePushes.text("人工"))).isEqualTo(new Reply.TransferToService(Optional.empty()));
        assertThat(shipped.reply(RulePushes.text("谢谢"))).isEqualTo(Reply.NONE);
        assertThat(shipped.text(RulePushes.text("天气"))).startsWith("您说的是“天气”。");
    }

    @Test
    void answersScansAndPlaces() {
        assertThat(shipped.text(RulePushes.scan("qrcode", "abc"))).isEqualTo("扫描结果（qrcode）：abc");
        assertThat(shipped.text(RulePushes.place("23.10", "113", "广州", Optional.empty())))
                .isEqualTo("您选择的位置：广州（23.10, 113）");
        assertThat(shipped.text(RulePushes.subscribe("qrscene_shop-042"))).startsWith("欢迎光临 42 号店");
        assertThat(shipped.text(RulePushes.subscribe(""))).startsWith("欢迎关注");
    }

    private static String read() {
        try {
            return Files.readString(Path.of("conf", "replies.yaml"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
