package io.weir.simulator.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.people.ChatLine.Origin;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What a person sees of a tap at once, before any answer of the account (menu-api.md §2). */
record TapSight(Origin origin, String text) {
    static List<TapSight> of(ObjectNode button, TapInput input, boolean oldClient) {
        return switch (button.path("type").asText()) {
            case "view" -> List.of(platform("page", button.path("url").asText()));
            case "miniprogram" ->
                List.of(
                        oldClient
                                ? platform("page", button.path("url").asText())
                                : platform(
                                        "mini program",
                                        button.path("appid").asText() + " "
                                                + button.path("pagepath").asText()));
            case "scancode_push" -> List.of(scanned(input));
            case "pic_sysphoto", "pic_photo_or_album", "pic_weixin" ->
                Collections.nCopies(input.pictures(), new TapSight(Origin.PERSON, "[image]"));
            case "location_select" ->
                List.of(new TapSight(
                        Origin.PERSON, "[location " + input.place().label().strip() + "]"));
            case "media_id" ->
                List.of(platform("material", button.path("media_id").asText()));
            case "view_limited" ->
                List.of(platform("news", button.path("media_id").asText()));
            case "article_id", "article_view_limited" ->
                List.of(platform("article", button.path("article_id").asText()));
            default -> List.of();
        };
    }

    private static TapSight scanned(TapInput input) {
        Optional<String> page = input.page();
        return page.isPresent() ? platform("page", page.get()) : platform("scanned", input.scan());
    }

    private static TapSight platform(String what, String which) {
        return new TapSight(Origin.PLATFORM, "[" + what + " " + which + "]");
    }
}
