package io.weir.rules;

import io.weir.wechat.message.FollowEvent;
import io.weir.wechat.message.Head;
import io.weir.wechat.message.MenuEvent;
import io.weir.wechat.message.Message;
import io.weir.wechat.message.MessageId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Pushes for tests. */
final class RulePushes {
    static final Head HEAD = new Head("main", "gh_1", "oUser", Instant.ofEpochSecond(1_732_000_100L));
    static final MessageId ID = new MessageId("24711000000000011", Optional.of("77"), OptionalInt.of(2));

    private RulePushes() {}

    static MenuEvent.Click click(String key) {
        return new MenuEvent.Click(HEAD, key, Optional.empty());
    }

    static MenuEvent.View view(String url) {
        return new MenuEvent.View(HEAD, url, Optional.of("430000001"));
    }

    static MenuEvent.ScancodeWaitmsg scan(String type, String result) {
        return new MenuEvent.ScancodeWaitmsg(HEAD, "scan_b", type, result);
    }

    static MenuEvent.PicWeixin pictures(int declared, MenuEvent.Picture... pictures) {
        return new MenuEvent.PicWeixin(HEAD, "photo_c", declared, List.of(pictures));
    }

    static MenuEvent.LocationSelect place(String x, String y, String label, Optional<String> poiName) {
        return new MenuEvent.LocationSelect(HEAD, "place_a", new BigDecimal(x), new BigDecimal(y), 15, label, poiName);
    }

    static FollowEvent.Subscribe subscribe(String eventKey) {
        return new FollowEvent.Subscribe(HEAD, Optional.of(eventKey), Optional.empty());
    }

    static FollowEvent.Scan qrCode(String scene) {
        return new FollowEvent.Scan(HEAD, scene, Optional.of("gTiCkEt0001=="));
    }

    static Message.Text text(String content) {
        return new Message.Text(HEAD, ID, content, Optional.empty());
    }

    static Message.Text textWithoutArticle(String content) {
        return new Message.Text(
                HEAD, new MessageId("1", Optional.empty(), OptionalInt.empty()), content, Optional.empty());
    }

    static Message.Image image(Optional<String> mediaId) {
        return new Message.Image(HEAD, ID, "http://mmbiz.example/pic/0", mediaId);
    }
}
