package io.weir.simulator.people;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.chat.Content;
import java.util.List;

/** What a person sees of a customer-service message (token-and-server-api.md §8). */
final class ReceivedMessage {
    private ReceivedMessage() {}

    static Content of(ObjectNode message, MaterialSight materials) {
        String type = message.path("msgtype").asText();
        JsonNode branch = message.path(type);
        return switch (type) {
            case "text" -> new Content.Text(text(branch, "content"));
            case "image" -> new Content.Image(text(branch, "media_id"));
            case "voice" -> new Content.Voice(text(branch, "media_id"));
            case "video" ->
                new Content.Video(text(branch, "media_id"), text(branch, "title"), text(branch, "description"));
            case "music" -> music(branch);
            case "news" -> news(branch.path("articles"));
            case "mpnews" -> materials.of(type, text(branch, "media_id"));
            case "msgmenu" -> menu(branch);
            case "miniprogrampage" -> miniProgram(branch);
            default -> new Content.Other(type, id(branch));
        };
    }

    private static Content music(JsonNode branch) {
        return new Content.Music(
                text(branch, "thumb_media_id"),
                text(branch, "title"),
                text(branch, "description"),
                text(branch, "musicurl"),
                text(branch, "hqmusicurl"));
    }

    private static Content news(JsonNode articles) {
        return new Content.News(articles.valueStream()
                .map(article -> new Content.Article(
                        text(article, "title"),
                        text(article, "description"),
                        text(article, "picurl"),
                        text(article, "url")))
                .toList());
    }

    private static Content menu(JsonNode branch) {
        List<Content.Entry> entries = branch.path("list")
                .valueStream()
                .map(entry -> new Content.Entry(text(entry, "id"), text(entry, "content")))
                .toList();
        return new Content.Menu(text(branch, "head_content"), entries, text(branch, "tail_content"));
    }

    private static Content miniProgram(JsonNode branch) {
        return new Content.MiniProgram(
                text(branch, "appid"), text(branch, "pagepath"), text(branch, "title"), text(branch, "thumb_media_id"));
    }

    private static String id(JsonNode branch) {
        return text(branch, branch.hasNonNull("article_id") ? "article_id" : "card_id");
    }

    private static String text(JsonNode branch, String field) {
        return branch.path(field).asText("");
    }
}
