package io.weir.menu.file;

import io.weir.menu.diff.WantedMenus;
import io.weir.rules.ReplyRules;
import io.weir.rules.Rule;
import io.weir.wechat.menu.Button;
import io.weir.wechat.menu.Menu;
import io.weir.wechat.message.PushType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether every button whose tap is pushed with a key has an answer, and every answer a button.
 *
 * @param rules what the account answers
 * @param custom whether a custom handler answers that key of the account
 */
public record AnswersCheck(ReplyRules rules, BiPredicate<PushType<?>, String> custom) {
    private static final int MAX_KEY_BYTES = 128;

    /** By the type of the button, which is that of the push but for {@code click}. */
    private static final Map<String, PushType<?>> PUSHES = Stream.of(
                    PushType.CLICK,
                    PushType.SCANCODE_PUSH,
                    PushType.SCANCODE_WAITMSG,
                    PushType.PIC_SYSPHOTO,
                    PushType.PIC_PHOTO_OR_ALBUM,
                    PushType.PIC_WEIXIN,
                    PushType.LOCATION_SELECT)
            .collect(Collectors.toUnmodifiableMap(
                    type -> type == PushType.CLICK ? "click" : type.wireName(), Function.identity()));

    /**
     * A button that nobody answers.
     *
     * @param path of its key, such as {@code conditional.vip.button[0].sub_button[1].key}
     */
    public record Unanswered(String path, PushType<?> type, String key) {}

    private record Keyed(String path, PushType<?> type, String key) {}

    /** In the order of the file. A button without a key, or with one that is too long, is the validator's. */
    public List<Unanswered> unanswered(WantedMenus menus) {
        return keyed(menus).stream()
                .filter(each ->
                        isKey(each.key) && !custom.test(each.type, each.key) && !rules.answers(each.type, each.key))
                .map(each -> new Unanswered(each.path, each.type, each.key))
                .toList();
    }

    private static boolean isKey(String key) {
        int bytes = key.getBytes(StandardCharsets.UTF_8).length;
        return bytes > 0 && bytes <= MAX_KEY_BYTES;
    }

    /** Rules for a key that no button has. */
    public List<Rule> unused(WantedMenus menus) {
        Set<List<Object>> used = keyed(menus).stream()
                .map(each -> List.<Object>of(each.type, each.key))
                .collect(Collectors.toSet());
        return rules.rules().stream()
                .filter(rule -> PUSHES.containsValue(rule.type())
                        && !rule.key().equals("default")
                        && !used.contains(List.<Object>of(rule.type(), rule.key())))
                .toList();
    }

    private static List<Keyed> keyed(WantedMenus menus) {
        List<Keyed> all = new ArrayList<>(keyed(menus.standard(), ""));
        menus.conditional().forEach(each -> all.addAll(keyed(each.menu().menu(), "conditional." + each.name() + '.')));
        return all;
    }

    private static List<Keyed> keyed(Menu menu, String prefix) {
        List<Keyed> found = new ArrayList<>();
        collect(menu.buttons(), prefix + "button", found);
        return found;
    }

    private static void collect(List<Button> buttons, String path, List<Keyed> found) {
        for (int index = 0; index < buttons.size(); index++) {
            String here = path + '[' + index + ']';
            if (buttons.get(index) instanceof Button.SubMenu menu) {
                collect(menu.buttons(), here + ".sub_button", found);
            } else if (buttons.get(index) instanceof Button.Keyed button) {
                Optional.ofNullable(PUSHES.get(button.type()))
                        .ifPresent(type -> found.add(new Keyed(here + ".key", type, button.key())));
            }
        }
    }
}
