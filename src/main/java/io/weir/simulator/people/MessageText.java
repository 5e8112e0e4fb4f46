package io.weir.simulator.people;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What a person reads of a customer-service message (token-and-server-api.md §8). */
final class MessageText {
    private MessageText() {}

    static String of(ObjectNode message) {
        String type = message.path("msgtype").asText();
        JsonNode branch = message.path(type);
        return switch (type) {
            case "text" -> branch.path("content").asText();
            case "news" -> article(branch.path("articles").path(0));
            case "msgmenu" -> menu(branch);
            case "music" ->
                "[music " + branch.path("thumb_media_id").asText() + "] "
                        + branch.path("title").asText();
            case "miniprogrampage" ->
                "[mini program " + branch.path("appid").asText() + "] "
                        + branch.path("title").asText();
            default -> "[" + type + " " + id(branch) + "]";
        };
    }

    private static String article(JsonNode article) {
        return "[article] " + article.path("title").asText() + " "
                + article.path("url").asText();
    }

    private static String menu(JsonNode branch) {
        List<String> lines = new ArrayList<>(List.of(branch.path("head_content").asText()));
        branch.path("list")
                .forEach(entry -> lines.add("· " + entry.path("content").asText()));
        lines.add(branch.path("tail_content").asText());
        return String.join("\n", lines);
    }

    private static String id(JsonNode branch) {
        for (String field : List.of("media_id", "article_id", "card_id")) {
            if (branch.hasNonNull(field)) {
                return branch.path(field).asText();
            }
        }
        return "";
    }
}
