package io.weir.simulator.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.chat.Content;
import io.weir.simulator.people.ChatLine.Origin;
import io.weir.simulator.push.SimulatedPush;
import java.util.List;
import java.util.stream.Stream;

/** What a person sees of a tap at once, before any answer of the account (menu-api.md §2). */
record TapSight(Origin origin, Content content) {
    /** @param pushes that the tap causes: the pictures in them are in the chat as well */
    static List<TapSight> of(ObjectNode button, TapInput input, List<SimulatedPush> pushes, MaterialSight materials) {
        return switch (button.path("type").asText()) {
            case "view" -> platform(page(button));
            case "miniprogram" -> platform(pushes.isEmpty() ? page(button) : miniProgram(button));
            case "scancode_push" -> platform(scanned(input));
            case "pic_sysphoto", "pic_photo_or_album", "pic_weixin" ->
                pictures(pushes).map(TapSight::byPerson).toList();
            case "location_select" -> List.of(byPerson(place(input.place())));
            case "media_id" -> platform(materials.of("material", id(button, "media_id")));
            case "view_limited" -> platform(materials.of("news", id(button, "media_id")));
            case "article_id", "article_view_limited" ->
                platform(new Content.Other("article", id(button, "article_id")));
            default -> List.of();
        };
    }

    private static Content page(ObjectNode button) {
        return new Content.Page(id(button, "url"));
    }

    private static Content miniProgram(ObjectNode button) {
        return new Content.MiniProgram(id(button, "appid"), id(button, "pagepath"), "", "");
    }

    private static Content scanned(TapInput input) {
        return input.page().<Content>map(Content.Page::new).orElseGet(() -> new Content.Scanned(input.scan()));
    }

    private static Stream<Content> pictures(List<SimulatedPush> pushes) {
        return pushes.stream()
                .filter(push -> push.type().equals("image"))
                .map(push -> new Content.Image(push.value("MediaId")));
    }

    private static Content place(TapInput.Place place) {
        return new Content.Place(place.label(), place.latitude(), place.longitude());
    }

    private static String id(ObjectNode button, String field) {
        return button.path(field).asText();
    }

    private static TapSight byPerson(Content content) {
        return new TapSight(Origin.PERSON, content);
    }

    private static List<TapSight> platform(Content content) {
        return List.of(new TapSight(Origin.PLATFORM, content));
    }
}
