package io.weir.simulator.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.weir.simulator.chat.Content;
import io.weir.simulator.people.ChatLine.Origin;
import io.weir.simulator.platform.Materials;
import io.weir.simulator.push.Element;
import io.weir.simulator.push.PushFactory;
import io.weir.simulator.push.PushOrder;
import io.weir.simulator.push.PushOrder.FieldSetting;
import io.weir.simulator.push.SimulatedAccount;
import io.weir.simulator.push.SimulatedPush;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which pushes a tap causes, in the order in which they are sent (menu-api.md §2, messages-and-events.md §4). */
final class TapPushes {
    private final PushFactory factory;
    private final SimulatedAccount account;
    private final Materials materials;

    TapPushes(PushFactory factory, SimulatedAccount account, Materials materials) {
        this.factory = factory;
        this.account = account;
        this.materials = materials;
    }

    /**
     * Nothing for the types of which WeChat tells the account nothing: media_id, view_limited, article_*, and unknown
     * ones.
     *
     * @param menuId of the menu that the person sees; goes with VIEW and view_miniprogram
     */
    List<SimulatedPush> of(ObjectNode button, TapInput input, String openid, Optional<String> menuId) {
        String type = button.path("type").asText();
        String key = button.path("key").asText();
        return switch (type) {
            case "click" -> List.of(push("CLICK", key, openid, List.of()));
            case "view" -> List.of(push("VIEW", button.path("url").asText(), openid, menuId(menuId)));
            case "miniprogram" ->
                List.of(push("view_miniprogram", button.path("pagepath").asText(), openid, menuId(menuId)));
            case "scancode_push", "scancode_waitmsg" -> List.of(push(type, key, openid, scanned(input)));
            case "pic_sysphoto", "pic_photo_or_album", "pic_weixin" -> pictures(type, key, openid, input);
            case "location_select" -> List.of(push(type, key, openid, chosen(input.place())), location(openid, input));
            default -> List.of();
        };
    }

    private SimulatedPush push(String type, String key, String openid, List<FieldSetting> fields) {
        return factory.create(new PushOrder(type, Optional.of(key), fields, Optional.of(openid)), account);
    }

    private static List<FieldSetting> menuId(Optional<String> menuId) {
        return menuId.map(id -> List.of(field(id, "MenuId"))).orElse(List.of());
    }

    private static List<FieldSetting> scanned(TapInput input) {
        return List.of(
                field(input.scanType(), "ScanCodeInfo", "ScanType"), field(input.scan(), "ScanCodeInfo", "ScanResult"));
    }

    private static List<FieldSetting> chosen(TapInput.Place place) {
        String info = "SendLocationInfo";
        return List.of(
                field(place.latitude(), info, "Location_X"),
                field(place.longitude(), info, "Location_Y"),
                field(place.scale(), info, "Scale"),
                field(place.label(), info, "Label"),
                field(place.poiName(), info, "Poiname"));
    }

    /** The ordinary message that follows a chosen place. */
    private SimulatedPush location(String openid, TapInput input) {
        TapInput.Place place = input.place();
        return message(
                "location",
                openid,
                List.of(
                        field(place.latitude(), "Location_X"),
                        field(place.longitude(), "Location_Y"),
                        field(place.scale(), "Scale"),
                        field(place.label(), "Label")));
    }

    /** The event with the MD5 of each picture, and a message for each, whose bytes have that MD5. */
    private List<SimulatedPush> pictures(String type, String key, String openid, TapInput input) {
        List<SimulatedPush> messages = new ArrayList<>();
        List<Element> sums = new ArrayList<>();
        for (int i = 0; i < input.pictures(); i++) {
            Buffer picture = Materials.picture(input.picture(i));
            sums.add(new Element.Group("item", List.of(new Element.Text("PicMd5Sum", md5(picture), false))));
            messages.add(image(openid, materials.storeFromUser("image", picture)));
        }
        SimulatedPush event = withPictures(push(type, key, openid, List.of()), sums);
        messages.add(input.picturesFirst() ? messages.size() : 0, event);
        return messages;
    }

    private SimulatedPush image(String openid, String mediaId) {
        String url = materials.url(mediaId).toString();
        return message("image", openid, List.of(field(url, "PicUrl"), field(mediaId, "MediaId")));
    }

    private static SimulatedPush withPictures(SimulatedPush event, List<Element> sums) {
        Element info = new Element.Group(
                "SendPicsInfo",
                List.of(
                        new Element.Text("Count", Integer.toString(sums.size()), true),
                        new Element.Group("PicList", sums)));
        List<Element> elements = new ArrayList<>(event.elements());
        elements.replaceAll(element -> element.name().equals(info.name()) ? info : element);
        return new SimulatedPush(event.type(), event.kind(), elements);
    }

    private SimulatedPush message(String type, String openid, List<FieldSetting> fields) {
        return factory.create(new PushOrder(type, Optional.empty(), fields, Optional.of(openid)), account);
    }

    private static FieldSetting field(String value, String... path) {
        return new FieldSetting(List.of(path), value);
    }

    /** Not for security: WeChat's own check sum of a picture. */
    private static String md5(Buffer picture) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(picture.getBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    /** What a person sees of a tap at once, before any answer of the account (menu-api.md §2). */
    record TapSight(Origin origin, Content content) {
        /** @param pushes that the tap causes: the pictures in them are in the chat as well */
        static List<TapSight> of(
                ObjectNode button, TapInput input, List<SimulatedPush> pushes, MaterialSight materials) {
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
}
