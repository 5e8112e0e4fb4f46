package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads and checks the {@code matchrule} of a personalised menu (menu-api.md §6). Order: missing or empty (65304), malformed
 * (40035), regions (65310–65314), and last the fields that are withdrawn (65320): else no other region fault could be seen.
 */
final class MatchRules {
    private static final Pattern TAG = Pattern.compile("[0-9]{1,9}");
    private static final Pattern CLIENT = Pattern.compile("[123]");
    private static final Pattern SEX = Pattern.compile("[12]");
    /** What could stand in the region table, which the simulator does not have. */
    private static final Pattern REGION = Pattern.compile("[\\p{L}\\p{M}][\\p{L}\\p{M} .,'’()-]*");

    private MatchRules() {}

    /** The rule of a menu that is published today. */
    static StoredMatchRule read(ObjectNode body) {
        StoredMatchRule rule = readOld(body);
        if (!rule.withdrawn().isEmpty()) {
            throw MenuError.PERSONAL_DATA.refused();
        }
        return rule;
    }

    /** The same when personal data were still allowed. */
    static StoredMatchRule readOld(JsonNode body) {
        JsonNode given = body.get("matchrule");
        if (MenuFields.isAbsent(given)) {
            throw MenuError.EMPTY_RULE.refused();
        }
        if (!(given instanceof ObjectNode fields)) {
            throw MenuError.PARAMETER.refused();
        }
        StoredMatchRule rule =
                new StoredMatchRule(tag(fields), optional(fields, "client_platform_type", CLIENT), withdrawn(fields));
        if (rule.isEmpty()) {
            throw MenuError.EMPTY_RULE.refused();
        }
        checkRegion(rule.withdrawn());
        return rule;
    }

    private static Optional<Integer> tag(ObjectNode fields) {
        return optional(fields, "tag_id", TAG)
                .or(() -> optional(fields, "group_id", TAG))
                .map(Integer::valueOf);
    }

    private static Optional<String> optional(ObjectNode fields, String name, Pattern form) {
        String value = MenuFields.textOrNumber(fields, name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!form.matcher(value).matches()) {
            throw MenuError.PARAMETER.refused();
        }
        return Optional.of(value);
    }

    private static Map<String, String> withdrawn(ObjectNode fields) {
        Map<String, String> given = new HashMap<>();
        optional(fields, "sex", SEX).ifPresent(sex -> given.put("sex", sex));
        for (String name : StoredMatchRule.WITHDRAWN) {
            String value = MenuFields.textOrNumber(fields, name);
            if (!value.isEmpty()) {
                given.put(name, value);
            }
        }
        return given;
    }

    private static void checkRegion(Map<String, String> given) {
        boolean province = given.containsKey("province");
        boolean city = given.containsKey("city");
        if ((province || city) && !given.containsKey("country")) {
            throw MenuError.NO_COUNTRY.refused();
        }
        if (city && !province) {
            throw MenuError.NO_PROVINCE.refused();
        }
        checkName(given, "country", MenuError.BAD_COUNTRY);
        checkName(given, "province", MenuError.BAD_PROVINCE);
        checkName(given, "city", MenuError.BAD_CITY);
    }

    private static void checkName(Map<String, String> given, String field, MenuError otherwise) {
        String name = given.get(field);
        if (name != null && !REGION.matcher(name).matches()) {
            throw otherwise.refused();
        }
    }

    /**
     * For whom a personalised menu is (menu-api.md §6).
     *
     * @param client the digit of {@code client_platform_type}
     * @param withdrawn the fields of {@link #WITHDRAWN} that an old rule has; with any of them it matches nobody
     */
    record StoredMatchRule(Optional<Integer> tag, Optional<String> client, Map<String, String> withdrawn) {
        /** Given up as personal data, in the order in which menu/get shows them. */
        static final List<String> WITHDRAWN = List.of("sex", "country", "province", "city", "language");

        private static final List<String> NUMBERS = List.of("sex");

        StoredMatchRule {
            withdrawn = Map.copyOf(withdrawn);
        }

        boolean isEmpty() {
            return tag.isEmpty() && client.isEmpty() && withdrawn.isEmpty();
        }

        /** Of several tags the one that was added last counts. */
        boolean matches(Follower person) {
            return withdrawn.isEmpty()
                    && tag.map(wanted -> wanted.equals(lastTag(person))).orElse(true)
                    && client.map(person.client().code()::equals).orElse(true);
        }

        private static int lastTag(Follower person) {
            List<Integer> tags = person.tags();
            return tags.isEmpty() ? -1 : tags.get(tags.size() - 1);
        }

        /** As menu/get shows it: the tag under its old name, numbers where texts were sent. */
        ObjectNode shown() {
            ObjectNode shown = JsonNodeFactory.instance.objectNode();
            tag.ifPresent(id -> shown.put("group_id", id));
            for (String field : WITHDRAWN) {
                String value = withdrawn.get(field);
                if (value != null && NUMBERS.contains(field)) {
                    shown.put(field, Integer.parseInt(value));
                } else if (value != null) {
                    shown.put(field, value);
                }
            }
            client.ifPresent(code -> shown.put("client_platform_type", Integer.parseInt(code)));
            return shown;
        }
    }
}
