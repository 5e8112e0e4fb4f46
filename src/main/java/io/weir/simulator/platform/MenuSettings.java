package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What else decides about an account's menus on WeChat's side and cannot be seen through the API.
 *
 * @param mayCreate false for an account that is punished or limited (65319)
 * @param linkedMiniPrograms the mini programs that a button may open (else 45064); empty: all
 * @param publishedArticles the articles that a button may show (else 53600); empty: all
 */
public record MenuSettings(
        boolean mayCreate,
        Personalised personalised,
        Optional<Set<String>> linkedMiniPrograms,
        Optional<Set<String>> publishedArticles) {
    public MenuSettings {
        linkedMiniPrograms = linkedMiniPrograms.map(Set::copyOf);
        publishedArticles = publishedArticles.map(Set::copyOf);
    }

    /** Whether an account has personalised menus. */
    public enum Personalised {
        ON,
        /** The account's kind does not have them (65306). */
        UNSUPPORTED,
        /** The console's switch is off (65309). */
        SWITCHED_OFF
    }

    /** Nothing is forbidden. */
    public static MenuSettings open() {
        return new MenuSettings(true, Personalised.ON, Optional.empty(), Optional.empty());
    }

    /** The same, allowed to make menus or not. */
    public MenuSettings mayCreate(boolean may) {
        return new MenuSettings(may, personalised, linkedMiniPrograms, publishedArticles);
    }

    /** The same, with personalised menus or without. */
    public MenuSettings personalised(Personalised are) {
        return new MenuSettings(mayCreate, are, linkedMiniPrograms, publishedArticles);
    }

    /** The same, linked to these mini programs only. */
    public MenuSettings linkedMiniPrograms(Set<String> appids) {
        return new MenuSettings(mayCreate, personalised, Optional.of(appids), publishedArticles);
    }

    /** The same, having published these articles only. */
    public MenuSettings publishedArticles(Set<String> articleIds) {
        return new MenuSettings(mayCreate, personalised, linkedMiniPrograms, Optional.of(articleIds));
    }

    boolean isLinked(String appid) {
        return linkedMiniPrograms.map(all -> all.contains(appid)).orElse(true);
    }

    boolean isPublished(String articleId) {
        return publishedArticles.map(all -> all.contains(articleId)).orElse(true);
    }

    ObjectNode save() {
        ObjectNode saved = JsonNodeFactory.instance.objectNode();
        saved.put("mayCreate", mayCreate).put("personalised", personalised.name());
        linkedMiniPrograms.ifPresent(all -> all.forEach(saved.putArray("linkedMiniPrograms")::add));
        publishedArticles.ifPresent(all -> all.forEach(saved.putArray("publishedArticles")::add));
        return saved;
    }

    static MenuSettings load(JsonNode saved) {
        return new MenuSettings(
                saved.path("mayCreate").asBoolean(true),
                Personalised.valueOf(saved.path("personalised").asText(Personalised.ON.name())),
                texts(saved.path("linkedMiniPrograms")),
                texts(saved.path("publishedArticles")));
    }

    private static Optional<Set<String>> texts(JsonNode saved) {
        Set<String> texts = new HashSet<>();
        saved.forEach(text -> texts.add(text.asText()));
        return saved.isArray() ? Optional.of(texts) : Optional.empty();
    }
}
