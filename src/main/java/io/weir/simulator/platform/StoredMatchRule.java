package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
