package io.weir.wechat.menu;

import java.util.Optional;

/**
 * For whom a personalised menu is: whoever fits every field that is there (menu-api.md §6). An empty text on the wire counts
 * as absent, a number as its digits.
 *
 * @param tagId a tag's id; answers may call it {@code group_id}
 * @param clientPlatformType the digit of a {@link ClientPlatform}
 * @param personalData what old rules may have besides
 */
public record MatchRule(Optional<String> tagId, Optional<String> clientPlatformType, PersonalData personalData) {
    /** A rule of today. */
    public static MatchRule of(Optional<String> tagId, Optional<ClientPlatform> platform) {
        return new MatchRule(tagId, platform.map(ClientPlatform::code), PersonalData.NONE);
    }

    /** Whether there is no field at all, which WeChat refuses (65304). */
    public boolean isEmpty() {
        return tagId.isEmpty() && clientPlatformType.isEmpty() && !isDead();
    }

    /** Whether it has withdrawn fields, so that it matches nobody. */
    public boolean isDead() {
        return !personalData.equals(PersonalData.NONE);
    }
}
