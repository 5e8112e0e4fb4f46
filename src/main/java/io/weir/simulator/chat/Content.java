package io.weir.simulator.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/** What a line of a chat shows: a text, a picture, a card, a notice. What a message leaves out is an empty text. */
public sealed interface Content {
    /** What it is, as the control API calls it. */
    String kind();

    /** What is read there in one text; things that are not text in brackets, as in {@code [image ID]}. */
    String text();

    /** Adds its fields, but for the kind. */
    void write(ObjectNode json);

    /** Its kind and its fields. */
    default ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("kind", kind());
        write(json);
        return json;
    }

    private static String withTitle(String what, String title) {
        return title.isEmpty() ? what : what + " " + title;
    }

    /** Words, with line breaks and perhaps links. */
    record Text(String text) implements Content {
        @Override
        public String kind() {
            return "text";
        }

        @Override
        public void write(ObjectNode json) {
            json.put("text", text);
        }
    }

    /** A picture; a browser finds it at {@code /media/} and its id, when the account has it. */
    record Image(String mediaId) implements Content {
        @Override
        public String kind() {
            return "image";
        }

        @Override
        public String text() {
            return "[image " + mediaId + "]";
        }

        @Override
        public void write(ObjectNode json) {
            json.put("mediaId", mediaId);
        }
    }

    record Voice(String mediaId) implements Content {
        @Override
        public String kind() {
            return "voice";
        }

        @Override
        public String text() {
            return "[voice " + mediaId + "]";
        }

        @Override
        public void write(ObjectNode json) {
            json.put("mediaId", mediaId);
        }
    }

    record Video(String mediaId, String title, String description) implements Content {
        @Override
        public String kind() {
            return "video";
        }

        @Override
        public String text() {
            return withTitle("[video " + mediaId + "]", title);
        }

        @Override
        public void write(ObjectNode json) {
            json.put("mediaId", mediaId).put("title", title).put("description", description);
        }
    }

    record Music(String thumbMediaId, String title, String description, String url, String hqUrl) implements Content {
        @Override
        public String kind() {
            return "music";
        }

        @Override
        public String text() {
            return withTitle("[music " + thumbMediaId + "]", title);
        }

        @Override
        public void write(ObjectNode json) {
            json.put("thumbMediaId", thumbMediaId)
                    .put("title", title)
                    .put("description", description)
                    .put("url", url)
                    .put("hqUrl", hqUrl);
        }
    }

    /** Cards that lead to pages; of several the first is the large one. */
    record News(List<Article> articles) implements Content {
        public News {
            articles = List.copyOf(articles);
        }

        @Override
        public String kind() {
            return "news";
        }

        @Override
        public String text() {
            return articles.stream()
                    .map(article -> "[article] " + article.title() + " " + article.url())
                    .collect(Collectors.joining("\n"));
        }

        @Override
        public void write(ObjectNode json) {
            ArrayNode all = json.putArray("articles");
            articles.forEach(article -> all.addObject()
                    .put("title", article.title())
                    .put("description", article.description())
                    .put("picUrl", article.picUrl())
                    .put("url", article.url()));
        }
    }

    /** One card of {@link News}. */
    record Article(String title, String description, String picUrl, String url) {}

    /** A card that leads into a mini program, or the mini program itself where WeChat opens it: then without a title. */
    record MiniProgram(String appId, String pagePath, String title, String thumbMediaId) implements Content {
        @Override
        public String kind() {
            return "miniprogram";
        }

        @Override
        public String text() {
            return title.isEmpty()
                    ? "[mini program " + appId + " " + pagePath + "]"
                    : "[mini program " + appId + "] " + title;
        }

        @Override
        public void write(ObjectNode json) {
            json.put("appId", appId)
                    .put("pagePath", pagePath)
                    .put("title", title)
                    .put("thumbMediaId", thumbMediaId);
        }
    }

    /** A page that WeChat opens. */
    record Page(String url) implements Content {
        @Override
        public String kind() {
            return "page";
        }

        @Override
        public String text() {
            return "[page " + url + "]";
        }

        @Override
        public void write(ObjectNode json) {
            json.put("url", url);
        }
    }

    /** What a scanned code says, when that is no page. */
    record Scanned(String result) implements Content {
        @Override
        public String kind() {
            return "scanned";
        }

        @Override
        public String text() {
            return "[scanned " + result + "]";
        }

        @Override
        public void write(ObjectNode json) {
            json.put("result", result);
        }
    }

    /** A place on the map; the coordinates as they are on the wire. */
    record Place(String label, String latitude, String longitude) implements Content {
        @Override
        public String kind() {
            return "location";
        }

        @Override
        public String text() {
            return "[location " + label.strip() + "]";
        }

        @Override
        public void write(ObjectNode json) {
            json.put("label", label).put("latitude", latitude).put("longitude", longitude);
        }
    }

    /**
     * Material of the account that WeChat shows by its id.
     *
     * @param as {@code material}, {@code news} for a button that opens news, {@code mpnews}
     * @param shown what the id stands for
     */
    record Material(String as, String mediaId, Content shown) implements Content {
        @Override
        public String kind() {
            return "material";
        }

        @Override
        public String text() {
            return "[" + as + " " + mediaId + "]";
        }

        @Override
        public void write(ObjectNode json) {
            json.put("as", as).put("mediaId", mediaId).set("shown", shown.json());
        }
    }

    /** A customer-service message with entries to tap. */
    record Menu(String head, List<Entry> entries, String tail) implements Content {
        public Menu {
            entries = List.copyOf(entries);
        }

        @Override
        public String kind() {
            return "menu";
        }

        @Override
        public String text() {
            String list =
                    entries.stream().map(entry -> "· " + entry.text() + "\n").collect(Collectors.joining());
            return head + "\n" + list + tail;
        }

        @Override
        public void write(ObjectNode json) {
            json.put("head", head).put("tail", tail);
            ArrayNode all = json.putArray("entries");
            entries.forEach(entry -> all.addObject().put("id", entry.id()).put("text", entry.text()));
        }
    }

    /** One entry of {@link Menu}. */
    record Entry(String id, String text) {}

    /** WeChat's own words. */
    record Notice(String text) implements Content {
        @Override
        public String kind() {
            return "notice";
        }

        @Override
        public void write(ObjectNode json) {
            json.put("text", text);
        }
    }

    /** A page that a person shares. */
    record Link(String title, String description, String url) implements Content {
        @Override
        public String kind() {
            return "link";
        }

        @Override
        public String text() {
            return withTitle("[link " + url + "]", title);
        }

        @Override
        public void write(ObjectNode json) {
            json.put("title", title).put("description", description).put("url", url);
        }
    }

    /** What the simulator knows by its id only: published articles, cards, material that is not there. */
    record Other(String what, String id) implements Content {
        @Override
        public String kind() {
            return "other";
        }

        @Override
        public String text() {
            return "[" + what + " " + id + "]";
        }

        @Override
        public void write(ObjectNode json) {
            json.put("what", what).put("id", id);
        }
    }
}
