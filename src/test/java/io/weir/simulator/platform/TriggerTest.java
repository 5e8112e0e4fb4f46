package io.weir.simulator.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.simulator.platform.Windows.Trigger;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TriggerTest {
    @ParameterizedTest
    @CsvSource({
        "CLICK,            MENU_CLICK",
        "scancode_push,    MENU_CLICK",
        "scancode_waitmsg, MENU_CLICK",
        "subscribe,        FOLLOW",
        "SCAN,             SCAN"
    })
    void theseEventsOpenAWindow(String event, Trigger trigger) {
        assertThat(Trigger.of(event, true)).contains(trigger);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VIEW",
                "view_miniprogram",
                "pic_sysphoto",
                "pic_photo_or_album",
                "pic_weixin",
                "location_select",
                "LOCATION",
                "unsubscribe",
                "MASSSENDJOBFINISH",
                "click",
                "text"
            })
    void otherEventsOpenNone(String event) {
        assertThat(Trigger.of(event, true)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "image", "voice", "video", "shortvideo", "location", "link"})
    void everyMessageOpensTheWindowOfMessages(String message) {
        assertThat(Trigger.of(message, false)).contains(Trigger.MESSAGE);
    }

    @ParameterizedTest
    @CsvSource({"MESSAGE, 5, PT48H", "MENU_CLICK, 3, PT1M", "FOLLOW, 3, PT1M", "SCAN, 3, PT1M"})
    void hasTheNumbersOfThePage(Trigger trigger, int messages, Duration window) {
        assertThat(trigger.messages()).isEqualTo(messages);
        assertThat(trigger.window()).isEqualTo(window);
    }
}
