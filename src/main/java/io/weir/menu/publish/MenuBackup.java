package io.weir.menu.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.client.Json;
import io.weir.menu.diff.AccountMenus;
import io.weir.menu.file.MenuTree;
import io.weir.wechat.menu.LiveMenus;
import io.weir.wechat.menu.LiveMenus.ConditionalMenu;
import io.weir.wechat.menu.MenuJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Menus as they were before a change. As JSON it is menu/get's answer and beside it {@code weir} with what is known of the
 * backup.
 *
 * @param id sorts by time
 * @param hash see {@link AccountMenus#hash}
 * @param website what is known of a menu that was made on WeChat's website, for people to read; cannot be restored
 */
public record MenuBackup(String id, Instant time, String hash, LiveMenus menus, Optional<String> website) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
    private static final int SHORT_HASH = 8;

    public static MenuBackup of(AccountMenus menus, Instant time) {
        String hash = menus.hash();
        return new MenuBackup(
                TIME.format(time) + "-" + hash.substring(0, SHORT_HASH),
                time,
                hash,
                menus.api(),
                menus.website().map(menu -> words(MenuTree.of(menu), "")));
    }

    private static String words(List<MenuTree.Branch> branches, String indentation) {
        return branches.stream()
                .map(branch -> indentation + branch.name() + "  " + String.join("  ", branch.details()) + "\n"
                        + words(branch.branches(), indentation + "  "))
                .collect(Collectors.joining());
    }

    /** How many buttons and personalised menus, for a list. */
    public String summary() {
        if (menus.isEmpty()) {
            return website.isPresent() ? "a menu of WeChat's website" : "no menu";
        }
        long buttons = menus.menu().map(menu -> menu.leaves().count()).orElse(0L);
        int personalised = menus.conditional().size();
        return buttons
                + (buttons == 1 ? " button, " : " buttons, ")
                + personalised
                + (personalised == 1 ? " personalised menu" : " personalised menus");
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        ObjectNode about = json.putObject("weir").put("id", id).put("time", time.toString());
        about.put("hash", hash);
        website.ifPresent(text -> about.put("website", text));
        json.setAll(answer(menus));
        return json;
    }

    /** As menu/get answers. */
    public static ObjectNode answer(LiveMenus menus) {
        ObjectNode json = Json.object();
        menus.menu().ifPresent(menu -> {
            ObjectNode written = MenuJson.write(menu);
            menus.menuid().ifPresent(menuid -> written.put("menuid", menuid));
            json.set("menu", written);
        });
        if (!menus.conditional().isEmpty()) {
            ArrayNode list = json.putArray("conditionalmenu");
            menus.conditional().forEach(menu -> list.add(answer(menu)));
        }
        return json;
    }

    private static ObjectNode answer(ConditionalMenu menu) {
        ObjectNode written = MenuJson.write(menu);
        menu.menuid().ifPresent(menuid -> written.put("menuid", menuid));
        return written;
    }

    /** Empty for what is no backup. */
    public static Optional<MenuBackup> read(JsonNode json) {
        JsonNode about = json.path("weir");
        if (!about.path("id").isTextual() || !about.path("hash").isTextual()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new MenuBackup(
                    about.path("id").textValue(),
                    Instant.parse(about.path("time").asText()),
                    about.path("hash").textValue(),
                    MenuJson.liveMenus(json),
                    Optional.ofNullable(about.path("website").textValue())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
