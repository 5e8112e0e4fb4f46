package io.weir.dispatch;

import io.weir.wechat.message.Head;
import io.weir.wechat.message.MenuEvent.Click;
import io.weir.wechat.message.MenuEvent.View;
import java.time.Instant;
import java.util.Optional;

/** Pushes for the tests of the pipeline. */
public final class Clicks {
    private static final Head HEAD = new Head("main", "gh_1", "oA", Instant.ofEpochSecond(1_731_992_001));

    private Clicks() {}

    /** A tap on a button. */
    public static Click click(String key) {
        return new Click(HEAD, key, Optional.empty());
    }

    /** A tap on a link. */
    public static View view(String url) {
        return new View(HEAD, url, Optional.empty());
    }
}
