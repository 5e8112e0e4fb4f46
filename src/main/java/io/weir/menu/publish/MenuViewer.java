package io.weir.menu.publish;

import io.weir.wechat.menu.ClientPlatform;
import java.util.List;
import java.util.Optional;

/**
 * Whose menu is looked for.
 *
 * @param user openid or WeChat id of a follower
 * @param tags names or ids, in the order of tagging; none: those that the follower has
 * @param platform cannot be asked for
 */
public record MenuViewer(Optional<String> user, List<String> tags, Optional<ClientPlatform> platform) {
    private static final int LONGEST_WECHAT_ID = 20;

    public MenuViewer {
        tags = List.copyOf(tags);
    }

    /** Whether there is nobody to look for. */
    public boolean isNobody() {
        return user.isEmpty() && tags.isEmpty() && platform.isEmpty();
    }

    /** The follower whose tags are to be asked for: of a WeChat id they cannot be. */
    Optional<String> openIdOfTags() {
        return user.filter(id -> tags.isEmpty() && id.length() > LONGEST_WECHAT_ID);
    }
}
