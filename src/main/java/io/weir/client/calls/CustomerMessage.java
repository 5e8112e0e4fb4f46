package io.weir.client.calls;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** A customer-service message: one record for each msgtype of token-and-server-api.md §8, which gives the fields. */
public sealed interface CustomerMessage {
    /** The msgtype, which is also the name of the branch. */
    String type();

    /** Puts the fields of the branch. */
    void writeTo(ObjectNode branch);

    /**
     * Plain text, which may have links in it.
     *
     * @param content 2048 bytes in UTF-8 are a safe size
     */
    record Text(String content) implements CustomerMessage {
        public Text {
            if (content.isEmpty()) {
                throw new IllegalArgumentException("a text message needs a text");
            }
        }

        @Override
        public String type() {
            return "text";
        }

        @Override
        public void writeTo(ObjectNode branch) {
            branch.put("content", content);
        }
    }

    record Image(String mediaId) implements CustomerMessage {
        @Override
        public String type() {
            return "image";
        }

        @Override
        public void writeTo(ObjectNode branch) {
            branch.put("media_id", mediaId);
        }
    }

    record Voice(String mediaId) implements CustomerMessage {
        @Override
        public String type() {
            return "voice";
        }

        @Override
        public void writeTo(ObjectNode branch) {
            branch.put("media_id", mediaId);
        }
    }

    record Video(String mediaId, String thumbMediaId, Optional<String> title, Optional<String> description)
            implements CustomerMessage {
        @Override
        public String type() {
            return "video";
        }

        @Override
        public void writeTo(ObjectNode branch) {
            branch.put("media_id", mediaId).put("thumb_media_id", thumbMediaId);
            title.ifPresent(text -> branch.put("title", text));
            description.ifPresent(text -> branch.put("description", text));
        }
    }

    record Music(
            String musicUrl,
            String hqMusicUrl,
            String thumbMediaId,
            Optional<String> title,
            Optional<String> description)
            implements CustomerMessage {
        @Override
        public String type() {
            return "music";
        }

        @Override
        public void writeTo(ObjectNode branch) {
            title.ifPresent(text -> branch.put("title", text));
            description.ifPresent(text -> branch.put("description", text));
            branch.put("musicurl", musicUrl).put("hqmusicurl", hqMusicUrl).put("thumb_media_id", thumbMediaId);
        }
    }

    /** Exactly one article: WeChat takes no more. */
    record News(String title, String description, String url, String picUrl) implements CustomerMessage {
        @Override
        public String type() {
            return "news";
        }

        @Override
        public void writeTo(ObjectNode branch) {
            branch.putArray("articles")
                    .addObject()
                    .put("title", title)
                    .put("description", description)
                    .put("url", url)
                    .put("picurl", picUrl);
        }
    }

    /** Articles of permanent material; older, {@link PublishedArticle} has replaced it. */
    record MaterialNews(String mediaId) implements CustomerMessage {
        @Override
        public String type() {
            return "mpnews";
        }

        @Override
        public void writeTo(ObjectNode branch) {
            branch.put("media_id", mediaId);
        }
    }

    record PublishedArticle(String articleId) implements CustomerMessage {
        @Override
        public String type() {
            return "mpnewsarticle";
        }

        @Override
        public void writeTo(ObjectNode branch) {
            branch.put("article_id", articleId);
        }
    }

    /** A question with answers to tap; a tap arrives as text message with bizmsgmenuid. */
    record Menu(String headContent, List<Choice> choices, String tailContent) implements CustomerMessage {
        public Menu {
            choices = List.copyOf(choices);
        }

        /** One answer. */
        public record Choice(String id, String content) {}

        @Override
        public String type() {
            return "msgmenu";
        }

        @Override
        public void writeTo(ObjectNode branch) {
            branch.put("head_content", headContent);
            ArrayNode list = branch.putArray("list");
            choices.forEach(choice -> list.addObject().put("id", choice.id).put("content", choice.content));
            branch.put("tail_content", tailContent);
        }
    }

    record Card(String cardId) implements CustomerMessage {
        @Override
        public String type() {
            return "wxcard";
        }

        @Override
        public void writeTo(ObjectNode branch) {
            branch.put("card_id", cardId);
        }
    }

    /** The mini program must be linked to the account. */
    record MiniProgramPage(String title, String appId, String pagePath, String thumbMediaId)
            implements CustomerMessage {
        @Override
        public String type() {
            return "miniprogrampage";
        }

        @Override
        public void writeTo(ObjectNode branch) {
            branch.put("title", title)
                    .put("appid", appId)
                    .put("pagepath", pagePath)
                    .put("thumb_media_id", thumbMediaId);
        }
    }
}
