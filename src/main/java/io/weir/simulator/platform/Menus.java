package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.weir.simulator.platform.ConditionalMenus.StoredConditionalMenu;
import io.weir.simulator.platform.MatchRules.StoredMatchRule;
import io.weir.simulator.platform.Materials.MaterialKinds;
import io.weir.simulator.platform.MenuChecks.MenuKind;
import io.weir.simulator.platform.PlatformAccount.Kept;
import io.weir.simulator.platform.StoredDefaultMenu.StoredSelfMenu;
import java.util.Optional;

/**
 * The menus of an account and who sees which (menu-api.md).
 *
 * <p>WeChat's order of checks is unknown; here it is: what the account may (65319, 65306, 65309), the raw body
 * ({@link RequestBody}), whether there is a default menu (65303), the match rule ({@link MatchRules}), the buttons
 * ({@link MenuChecks}), and last what concerns all personalised menus together (65316, 65305). A body that is refused changes nothing.
 */
public final class Menus implements Kept {
    private static final long FIRST_MENUID = 430_000_001;

    private final Followers followers;
    private final MaterialKinds materials;
    private final ConditionalMenus conditional = new ConditionalMenus();
    private MenuSettings settings = MenuSettings.open();
    private StoredDefaultMenu standard = StoredDefaultMenu.none();
    private long nextMenuid = FIRST_MENUID;
    private long selfMenuCalls;

    Menus(Followers followers, MaterialKinds materials) {
        this.followers = followers;
        this.materials = materials;
    }

    public MenuSettings settings() {
        return settings;
    }

    /** Decides anew what menus may do; those that are there stay. */
    public void configure(MenuSettings changed) {
        settings = changed;
    }

    /** menu/create: takes the place of the default menu. The personalised ones stay. */
    public void create(Buffer body) {
        checkMayCreate();
        ArrayNode button = checks(MenuKind.DEFAULT).buttons(RequestBody.MENU.read(body));
        standard = StoredDefaultMenu.byApi(nextMenuid++, button);
    }

    /** menu/get: menus of the API only. */
    public ObjectNode get() {
        if (!standard.isOfApi()) {
            throw MenuError.NO_MENU.refused();
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode menu = answer.putObject("menu");
        menu.set("button", standard.button().deepCopy());
        if (!conditional.isEmpty()) {
            menu.put("menuid", standard.menuid());
            answer.set("conditionalmenu", conditional.shown());
        }
        return answer;
    }

    /** menu/delete: the default menu, whoever made it, and all personalised ones. */
    public void delete() {
        checkThereIsOne();
        standard = standard.deleted();
        conditional.clear();
    }

    /** menu/addconditional: publishes a personalised menu and tells its menuid. */
    public String addConditional(Buffer body) {
        checkMayCreate();
        checkMayPersonalise();
        ObjectNode given = RequestBody.PERSONALISED_MENU.read(body);
        checkDefaultMenu();
        return publish(given, MatchRules.read(given));
    }

    /** The same as it was when a rule could still have personal data: such a menu matches nobody any more. */
    public String addConditionalOfOld(Buffer body) {
        ObjectNode given = RequestBody.PERSONALISED_MENU.read(body);
        checkDefaultMenu();
        return publish(given, MatchRules.readOld(given));
    }

    private String publish(ObjectNode given, StoredMatchRule rule) {
        ArrayNode button = checks(MenuKind.PERSONALISED).buttons(given);
        conditional.add(new StoredConditionalMenu(nextMenuid, button, rule));
        return String.valueOf(nextMenuid++);
    }

    /** menu/delconditional: a menuid as text or number. */
    public void deleteConditional(Buffer body) {
        String menuid = MenuFields.textOrNumber(RequestBody.ARGUMENTS.read(body), "menuid");
        if (menuid.isEmpty()) {
            throw MenuError.PARAMETER.refused();
        }
        conditional.remove(menuid);
    }

    /** menu/trymatch: what the follower of that openid or WeChat id sees. That there is no menu (46003) is noticed first. */
    public ObjectNode tryMatch(Buffer body) {
        String userId = MenuFields.text(RequestBody.ARGUMENTS.read(body), "user_id");
        checkThereIsOne();
        if (userId.isEmpty()) {
            throw MenuError.NO_USER_ID.refused();
        }
        Follower person = followers.findByUserId(userId).orElseThrow(MenuError.NO_SUCH_USER::refused);
        if (!person.subscribed()) {
            throw MenuError.NOT_A_FOLLOWER.refused();
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        seenBy(person).ifPresent(seen -> answer.set("button", seen.button()));
        return answer;
    }

    /** get_current_selfmenu_info: the default menu, whoever made it; when it is deleted, the last one. */
    public ObjectNode selfMenuInfo() {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("is_menu_open", standard.open() ? 1 : 0);
        answer.putObject("selfmenu_info").set("button", StoredSelfMenu.shown(standard.button(), ++selfMenuCalls));
        return answer;
    }

    /**
     * Makes a menu on WeChat's website: {@code {"button":[…]}} with any types, {@code sub_button} as an array or as an object
     * with a list. It takes the place of the API's menus, the personalised ones included.
     */
    public void setByConsole(ObjectNode menu) {
        ArrayNode button = StoredSelfMenu.usual(menu.path("button"));
        if (button.isEmpty()) {
            throw MenuError.BUTTON_COUNT.refused();
        }
        standard = StoredDefaultMenu.byConsole(nextMenuid++, button);
        conditional.clear();
    }

    /** What a person's client shows after it has fetched the menu; empty when there is none. */
    public Optional<SeenMenu> seenBy(Follower person) {
        return byDefault()
                .map(usual -> conditional
                        .seenBy(person)
                        .map(menu -> seen(menu.menuid(), menu.button()))
                        .orElse(usual));
    }

    /** What is shown to whom no personalised menu matches, and by clients that know none; empty when there is no menu. */
    public Optional<SeenMenu> byDefault() {
        return standard.open() ? Optional.of(seen(standard.menuid(), standard.button())) : Optional.empty();
    }

    private static SeenMenu seen(long menuid, ArrayNode button) {
        return new SeenMenu(String.valueOf(menuid), button.deepCopy());
    }

    /** Whether a button of a menu that is in force shows the material: it cannot be deleted then (48005). */
    public boolean uses(String mediaId) {
        return standard.open() && (shows(standard.button(), mediaId) || shows(conditional.shown(), mediaId));
    }

    private static boolean shows(ArrayNode menu, String mediaId) {
        return menu.findValuesAsText("media_id").contains(mediaId)
                || menu.findValuesAsText("value").contains(mediaId);
    }

    private MenuChecks checks(MenuKind kind) {
        return new MenuChecks(kind, materials, settings);
    }

    private void checkMayCreate() {
        if (!settings.mayCreate()) {
            throw MenuError.NOT_ALLOWED.refused();
        }
    }

    private void checkMayPersonalise() {
        switch (settings.personalised()) {
            case ON -> {}
            case UNSUPPORTED -> throw MenuError.PERSONALISED_UNSUPPORTED.refused();
            case SWITCHED_OFF -> throw MenuError.PERSONALISED_SWITCHED_OFF.refused();
        }
    }

    private void checkDefaultMenu() {
        if (!standard.isOfApi()) {
            throw MenuError.NO_DEFAULT_MENU.refused();
        }
    }

    private void checkThereIsOne() {
        if (!standard.open()) {
            throw MenuError.NO_MENU.refused();
        }
    }

    @Override
    public ObjectNode save() {
        ObjectNode saved = JsonNodeFactory.instance.objectNode();
        saved.put("nextMenuid", nextMenuid).put("selfMenuCalls", selfMenuCalls);
        saved.set("settings", settings.save());
        saved.set("default", SavedRecords.write(standard));
        saved.set("conditional", conditional.shown());
        return saved;
    }

    @Override
    public void load(ObjectNode saved) {
        nextMenuid = saved.path("nextMenuid").asLong(FIRST_MENUID);
        selfMenuCalls = saved.path("selfMenuCalls").asLong();
        settings = MenuSettings.load(saved.path("settings"));
        standard = saved.get("default") instanceof ObjectNode menu
                ? SavedRecords.read(menu, StoredDefaultMenu.class)
                : StoredDefaultMenu.none();
        conditional.load(saved.path("conditional"));
    }

    /**
     * The menu at the bottom of a person's screen.
     *
     * @param menuid which one it is, as VIEW events tell
     * @param button its buttons; {@code sub_button} is an array, empty on leaves
     */
    public record SeenMenu(String menuid, ArrayNode button) {}
}
