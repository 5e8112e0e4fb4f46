package io.weir.wechat.menu;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Makes menus near the limits, a share of them with faults of every kind. */
final class RandomMenus {
    private static final List<String> TYPES = List.of(
            "click",
            "view",
            "miniprogram",
            "scancode_push",
            "scancode_waitmsg",
            "pic_sysphoto",
            "pic_photo_or_album",
            "pic_weixin",
            "location_select",
            "media_id",
            "view_limited",
            "article_id",
            "article_view_limited");
    private static final List<String> SIGNS = List.of("a", " ", "é", "今", "、", "😀", "👨‍👩‍👧", "\"", "\\");
    private static final List<String> BAD_TYPES = List.of("", "text", "news", "clik", "CLICK", "finder");
    private static final List<String> BAD_URLS =
            List.of("", "www.qq.com", "ftp://a.example", "http://", "https:///x", "//a.example", "javascript:1");

    private static final List<String> WITHDRAWN =
            List.of("sex=1", "country=中国", "province=广东", "city=广州", "language=zh_CN");

    private final Random random;
    private final double faults;

    /** @param faults the share of places where something is wrong */
    RandomMenus(long seed, double faults) {
        this.random = new Random(seed);
        this.faults = faults;
    }

    ObjectNode menu() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (isFaulty()) {
            body.put("button", random.nextBoolean() ? null : "x");
            return body;
        }
        ArrayNode buttons = body.putArray("button");
        for (int count = isFaulty() ? 4 * random.nextInt(2) : 1 + random.nextInt(3); count > 0; count--) {
            buttons.add(random.nextInt(3) == 0 ? parent() : leaf(16));
        }
        return body;
    }

    ObjectNode personalised() {
        ObjectNode body = menu();
        ObjectNode rule = body.putObject("matchrule");
        if (!isFaulty()) {
            rule.put("tag_id", isFaulty() ? "VIP" : "10" + random.nextInt(10));
        }
        if (random.nextBoolean()) {
            rule.put("client_platform_type", isFaulty() ? "9" : "" + (1 + random.nextInt(3)));
        }
        if (isFaulty()) {
            String[] field = WITHDRAWN.get(random.nextInt(WITHDRAWN.size())).split("=", -1);
            rule.put(field[0], field[1]);
        }
        return body;
    }

    private ObjectNode parent() {
        ObjectNode parent = JsonNodeFactory.instance.objectNode();
        parent.put("name", text(16));
        if (isFaulty()) {
            parent.put("sub_button", "x");
            return parent;
        }
        if (isFaulty()) {
            parent.put("type", "click");
        }
        ArrayNode list = parent.putArray("sub_button");
        for (int count = isFaulty() ? 6 : 1 + random.nextInt(5); count > 0; count--) {
            list.add(isFaulty() ? parent() : leaf(60));
        }
        return parent;
    }

    private ObjectNode leaf(int maxName) {
        String type = TYPES.get(random.nextInt(TYPES.size()));
        ObjectNode leaf = JsonNodeFactory.instance.objectNode();
        leaf.put("type", isFaulty() ? BAD_TYPES.get(random.nextInt(BAD_TYPES.size())) : type);
        leaf.put("name", text(maxName));
        switch (type) {
            case "view" -> leaf.put("url", url());
            case "miniprogram" -> miniprogram(leaf);
            case "media_id" -> leaf.put("media_id", isFaulty() ? "" : "sample-image");
            case "view_limited" -> leaf.put("media_id", isFaulty() ? "" : "sample-news");
            case "article_id", "article_view_limited" -> leaf.put("article_id", isFaulty() ? "" : "A1");
            default -> leaf.put("key", text(128));
        }
        if (isFaulty()) {
            leaf.remove(List.of("type", "name", "key", "url").get(random.nextInt(4)));
        }
        if (isFaulty()) {
            leaf.put("name", 7);
        }
        return random.nextBoolean() ? leaf : leaf.set("sub_button", JsonNodeFactory.instance.arrayNode());
    }

    private void miniprogram(ObjectNode leaf) {
        leaf.put("url", url());
        leaf.put("appid", isFaulty() ? "WX0" : "wx0123456789abcdef");
        leaf.put("pagepath", isFaulty() ? "" : "pages/index?x=1");
    }

    private String url() {
        if (isFaulty()) {
            return BAD_URLS.get(random.nextInt(BAD_URLS.size()));
        }
        String start = (random.nextBoolean() ? "http://" : "https://") + (char) ('a' + random.nextInt(4)) + ".example/";
        return start + "x".repeat(1024 - start.length() + (isFaulty() ? 1 : -random.nextInt(900)));
    }

    /** As near below the limit as the signs go, or above it. */
    private String text(int maxBytes) {
        if (isFaulty()) {
            return random.nextBoolean()
                    ? ""
                    : SIGNS.get(random.nextInt(SIGNS.size())).repeat(maxBytes + 1);
        }
        StringBuilder text = new StringBuilder("a");
        int free = 1 + random.nextInt(maxBytes);
        while (true) {
            String next = SIGNS.get(random.nextInt(SIGNS.size()));
            if (Utf8Count.of(text + next) > free) {
                return text.toString();
            }
            text.append(next);
        }
    }

    private boolean isFaulty() {
        return random.nextDouble() < faults;
    }
}
