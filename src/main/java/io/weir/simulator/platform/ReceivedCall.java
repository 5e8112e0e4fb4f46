package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weir.simulator.platform.CustomerMessages.SentCustomerMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The last messages that people received. Bounded per person and over all, by limits of the simulator's own. */
final class ReceivedCall {
    static final int MOST_PER_PERSON = 200;
    static final int MOST = 20_000;
    /** Of the messages' JSON, over all: a message may have fields of any length that nobody reads. */
    static final long MOST_CHARACTERS = 16L << 20;

    private final Map<Long, SentCustomerMessage> byNumber = new LinkedHashMap<>();
    private final Map<String, Deque<Long>> byPerson = new LinkedHashMap<>();
    private long number;
    private long characters;

    void add(SentCustomerMessage message) {
        Deque<Long> own = byPerson.computeIfAbsent(message.openid(), openid -> new ArrayDeque<>());
        own.add(number);
        byNumber.put(number++, message);
        characters += characters(message);
        if (own.size() > MOST_PER_PERSON) {
            forget(own.remove());
        }
        while (byNumber.size() > MOST || characters > MOST_CHARACTERS) {
            removeOldest();
        }
    }

    private void forget(long which) {
        characters -= characters(Objects.requireNonNull(byNumber.remove(which)));
    }

    private static long characters(SentCustomerMessage message) {
        return message.message().toString().length();
    }

    private void removeOldest() {
        Map.Entry<Long, SentCustomerMessage> oldest =
                byNumber.entrySet().iterator().next();
        String openid = oldest.getValue().openid();
        forget(oldest.getKey());
        byPerson.computeIfPresent(openid, (same, own) -> {
            own.remove();
            return own.isEmpty() ? null : own;
        });
    }

    /** What the person received, oldest first. */
    List<SentCustomerMessage> of(String openid) {
        return byPerson.getOrDefault(openid, new ArrayDeque<>()).stream()
                .map(byNumber::get)
                .toList();
    }

    JsonNode save() {
        var saved = JsonNodeFactory.instance.arrayNode();
        byNumber.values().forEach(each -> saved.add(SavedRecords.write(each)));
        return saved;
    }

    void load(JsonNode saved) {
        byNumber.clear();
        byPerson.clear();
        characters = 0;
        saved.forEach(each -> add(SavedRecords.read(each, SentCustomerMessage.class)));
    }
}
