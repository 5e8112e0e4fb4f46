package io.weir.simulator.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The menu that a fresh simulated account can start with. */
class SampleMenuTest {
    @Test
    void passesTheChecksAsItStands() throws IOException {
        Menus menus = TestMenus.empty();

        menus.create(sample());

        assertThat(menus.get().at("/menu/button")).hasSize(3);
        assertThat(menus.uses("sample-image")).isTrue();
        assertThat(menus.uses("sample-news")).isTrue();
    }

    @Test
    void hasEveryTypeOfButtonThatPushesOrShowsMaterial() throws IOException {
        assertThat(tree().findValuesAsText("type"))
                .contains("click", "view", "miniprogram", "scancode_push", "scancode_waitmsg", "pic_sysphoto")
                .contains("pic_photo_or_album", "pic_weixin", "location_select", "media_id", "view_limited");
        assertThat(tree().findValuesAsText("key")).contains("V1001_SUNCK").doesNotHaveDuplicates();
    }

    /** Four Chinese characters on the first level, seven on the second. */
    @Test
    void hasNamesThatAreShownInFull() throws IOException {
        assertThat(tree().path("button")).allSatisfy(parent -> {
            assertThat(parent.path("name").asText()).hasSizeLessThanOrEqualTo(4);
            assertThat(parent.path("sub_button").findValuesAsText("name"))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(name).hasSizeLessThanOrEqualTo(7));
        });
    }

    private static JsonNode tree() throws IOException {
        return RequestBody.MENU.read(sample());
    }

    private static Buffer sample() throws IOException {
        try (InputStream resource = SampleMenuTest.class.getResourceAsStream("/io/weir/simulator/sample-menu.json")) {
            return Buffer.buffer(Objects.requireNonNull(resource).readAllBytes());
        }
    }
}
