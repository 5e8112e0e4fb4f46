package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a customer-service message of each msgtype has to contain (token-and-server-api.md §8). Fields that the page does not
 * mark as optional are required (description and picurl of an article, head and tail of a msgmenu may be empty); where it has
 * no code for their absence, 40035 is the answer. The form of a mini program's id in a text is checked ({@code wx} and 16
 * digits or lower-case letters), not its link to the account: the simulator has no mini programs, cards, published articles
 * or agents.
 */
final class MessageContent {
    /** A safe size according to the page, taken for the limit. */
    static final int MOST_TEXT_BYTES = 2048;
    /** Of a msgmenu. No page tells this number: it is the simulator's own. */
    static final int MOST_ENTRIES = 10;
    /** Of an entry of a msgmenu. No page tells this number: it is the simulator's own. */
    static final int MOST_ENTRY_BYTES = 256;

    private static final Pattern MINI_PROGRAM =
            Pattern.compile("data-miniprogram-appid\\s*=\\s*[\"']?([^\"'\\s>]*+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern APP_ID = Pattern.compile("wx[0-9a-z]{16}");
    private static final Set<String> THUMBS = Set.of("thumb", "image");

    private final Map<String, Consumer<JsonNode>> checks = Map.ofEntries(
            Map.entry("text", this::text),
            Map.entry("image", branch -> media(branch, "media_id", Set.of("image"))),
            Map.entry("voice", branch -> media(branch, "media_id", Set.of("voice"))),
            Map.entry("video", this::video),
            Map.entry("music", this::music),
            Map.entry("news", this::news),
            Map.entry("mpnews", branch -> media(branch, "media_id", Set.of("news"))),
            Map.entry("mpnewsarticle", branch -> required(branch, "article_id")),
            Map.entry("msgmenu", this::menu),
            Map.entry("wxcard", branch -> required(branch, "card_id")),
            Map.entry("miniprogrampage", this::miniProgramPage));

    private final Function<String, Optional<String>> kindOfMedia;

    /** @param kindOfMedia what a media id stands for, permanent or temporary */
    MessageContent(Function<String, Optional<String>> kindOfMedia) {
        this.kindOfMedia = kindOfMedia;
    }

    /** @throws Refused when the platform would not deliver it */
    void check(ObjectNode message) {
        String msgtype = message.path("msgtype").asText("");
        Consumer<JsonNode> check = Optional.ofNullable(checks.get(msgtype)).orElseThrow(() -> illegal("msgtype"));
        check.accept(message.path(msgtype));
        if (message.has("customservice")) {
            required(message.path("customservice"), "kf_account");
        }
    }

    private void text(JsonNode branch) {
        String content = branch.path("content").asText("");
        if (content.isEmpty()) {
            throw new Refused(44004, "empty content");
        }
        if (bytes(content) > MOST_TEXT_BYTES) {
            throw new Refused(45002, "content size out of limit");
        }
        Matcher miniProgram = MINI_PROGRAM.matcher(content);
        while (miniProgram.find()) {
            if (!APP_ID.matcher(miniProgram.group(1)).matches()) {
                throw new Refused(45086, "invalid data-miniprogram-appid");
            }
        }
    }

    private void video(JsonNode branch) {
        media(branch, "media_id", Set.of("video"));
        media(branch, "thumb_media_id", THUMBS);
    }

    private void music(JsonNode branch) {
        required(branch, "musicurl", "hqmusicurl");
        media(branch, "thumb_media_id", THUMBS);
    }

    private void news(JsonNode branch) {
        JsonNode articles = branch.path("articles");
        if (articles.size() > 1) {
            throw new Refused(45008, "article size out of limit");
        }
        required(articles.path(0), "title", "url");
        present(articles.path(0), "description", "picurl");
    }

    private void menu(JsonNode branch) {
        present(branch, "head_content", "tail_content");
        JsonNode list = branch.path("list");
        if (list.isEmpty()) {
            throw illegal("list");
        }
        if (list.size() > MOST_ENTRIES) {
            throw new Refused(45098, "msgmenu list size out of limit");
        }
        for (JsonNode entry : list) {
            required(entry, "id", "content");
            if (bytes(entry.path("content").asText("")) > MOST_ENTRY_BYTES) {
                throw new Refused(45099, "msgmenu content size out of limit");
            }
        }
    }

    private void miniProgramPage(JsonNode branch) {
        required(branch, "title", "appid", "pagepath");
        media(branch, "thumb_media_id", THUMBS);
    }

    private void media(JsonNode branch, String field, Set<String> kinds) {
        boolean fits = kindOfMedia
                .apply(branch.path(field).asText(""))
                .filter(kinds::contains)
                .isPresent();
        if (!fits) {
            throw new Refused(40007, "invalid media_id");
        }
    }

    private static void required(JsonNode branch, String... fields) {
        for (String field : List.of(fields)) {
            if (branch.path(field).asText("").isEmpty()) {
                throw illegal(field);
            }
        }
    }

    private static void present(JsonNode branch, String... fields) {
        for (String field : List.of(fields)) {
            if (!branch.path(field).isTextual()) {
                throw illegal(field);
            }
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Refused illegal(String field) {
        return new Refused(40035, "invalid parameter: " + field);
    }
}
