package io.weir.wechat.menu;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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

    /**
     * The fields of a {@code matchrule} that were withdrawn: new rules with one are refused (65320), old ones match nobody any
     * more (menu-api.md §6).
     *
     * @param sex "1" male, "2" female
     * @param language such as {@code zh_CN}
     */
    public record PersonalData(
            Optional<String> sex,
            Optional<String> country,
            Optional<String> province,
            Optional<String> city,
            Optional<String> language) {
        /** As every rule of today. */
        public static final PersonalData NONE = new PersonalData(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        /** The fields that are there, by their names on the wire. */
        public Map<String, String> fields() {
            Map<String, String> fields = new LinkedHashMap<>();
            sex.ifPresent(value -> fields.put("sex", value));
            country.ifPresent(value -> fields.put("country", value));
            province.ifPresent(value -> fields.put("province", value));
            city.ifPresent(value -> fields.put("city", value));
            language.ifPresent(value -> fields.put("language", value));
            return fields;
        }
    }

    /** The kind of client that {@code client_platform_type} names. */
    public enum ClientPlatform {
        IOS("1"),
        ANDROID("2"),
        OTHERS("3");

        private final String code;

        ClientPlatform(String code) {
            this.code = code;
        }

        /** The digit on the wire. */
        public String code() {
            return code;
        }

        /** Empty for a digit that WeChat does not have. */
        public static Optional<ClientPlatform> ofCode(String code) {
            return Stream.of(values()).filter(each -> each.code.equals(code)).findFirst();
        }
    }
}
