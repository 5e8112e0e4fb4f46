package io.weir.menu.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.client.Json;
import io.weir.wechat.menu.LiveMenus;
import io.weir.wechat.menu.MenuJson;
import io.weir.wechat.menu.SelfMenu;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The menus that an account has, whoever made them.
 *
 * @param api what menu/get tells
 * @param website a menu that was made on WeChat's website, which menu/get does not tell; not looked for where there is one
 *     of the API
 */
public record AccountMenus(LiveMenus api, Optional<SelfMenu> website) {
    /** Of the API only. */
    public static AccountMenus of(LiveMenus api) {
        return new AccountMenus(api, Optional.empty());
    }

    public boolean isEmpty() {
        return api.isEmpty() && website.isEmpty();
    }

    /** The same for the same menus, whatever their menuids. */
    public String hash() {
        return MenuHash.of(this);
    }

    /**
     * Tells by a few characters whether menus have changed: the SHA-256 of their JSON, its members sorted. Without menuids, which
     * are others after each publication, and without temporary values of a website's menu.
     */
    public static final class MenuHash {
        private MenuHash() {}

        public static String of(AccountMenus menus) {
            ObjectNode json = Json.object();
            menus.api().menu().ifPresent(menu -> json.set("menu", MenuJson.write(menu)));
            ArrayNode conditional = json.putArray("conditional");
            menus.api().conditional().forEach(menu -> conditional.add(MenuJson.write(menu)));
            menus.website()
                    .ifPresent(menu ->
                            json.put("website", menu.withoutTemporaryValues().toString()));
            return of(sorted(json).toString().getBytes(StandardCharsets.UTF_8));
        }

        /** Of a picture. */
        public static String of(byte[] content) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }

        private static JsonNode sorted(JsonNode json) {
            if (json instanceof ObjectNode object) {
                TreeMap<String, JsonNode> members = new TreeMap<>();
                object.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
                return Json.object().setAll(members);
            }
            if (json instanceof ArrayNode array) {
                ArrayNode list = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> list.add(sorted(element)));
                return list;
            }
            return json;
        }
    }
}
