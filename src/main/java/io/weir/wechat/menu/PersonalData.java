package io.weir.wechat.menu;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
    public static final PersonalData NONE =
            new PersonalData(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

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
