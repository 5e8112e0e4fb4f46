package io.weir.simulator.platform;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** An account's menus with some material and two people: Alice follows, Bob has left. */
final class TestMenus {
    static final Follower ALICE = Follower.of("oAlice", "Alice");
    private static final Map<String, String> MATERIALS = Map.of(
            "sample-image", "image",
            "sample-voice", "voice",
            "sample-video", "video",
            "sample-news", "news",
            "sample-thumb", "thumb");

    private TestMenus() {}

    static Menus empty() {
        Followers followers = new Followers(Clock.systemUTC());
        followers.put(ALICE);
        followers.put(Follower.of("oBob", "Bob").subscribed(false));
        return new Menus(followers, mediaId -> Optional.ofNullable(MATERIALS.get(mediaId)));
    }

    /** With a default menu. */
    static Menus withDefault() {
        Menus menus = empty();
        menus.create(MenuJson.menu(MenuJson.CLICK));
        return menus;
    }

    /** The code with which something is refused; 0 when it is not. */
    static int errcode(ThrowingCallable action) {
        Refused refused = catchThrowableOfType(Refused.class, action);
        return refused == null ? 0 : refused.errcode();
    }
}
