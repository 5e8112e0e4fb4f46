package io.weir.menu.publish;

import io.vertx.core.Future;
import io.weir.client.WeChatClient;
import io.weir.client.WeChatException;
import io.weir.client.calls.MenuCalls;
import io.weir.client.calls.TagCalls;
import io.weir.menu.file.TagIds;
import io.weir.menu.file.UnknownTagException;
import io.weir.wechat.menu.LiveMenus;
import io.weir.wechat.menu.Menu;
import io.weir.wechat.menu.MenuMatcher.Viewer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds out what a person sees, by the rules of the live menus and as WeChat tells (trymatch). Any thread. */
public final class MenuPreviews {
    private static final int INVALID_OPENID = 40003;
    private static final Pattern ID = Pattern.compile("[0-9]+");

    private final MenuCalls menus;
    private final TagCalls tags;

    public MenuPreviews(WeChatClient client) {
        this.menus = new MenuCalls(client);
        this.tags = new TagCalls(client);
    }

    /** Fails with a WeChatException, or with an {@link UnknownTagException}. */
    public Future<MenuPreview> of(String account, MenuViewer person) {
        return tagIds(account, person)
                .compose(ids -> menus.get(account)
                        .compose(live -> told(account, person).map(told -> sight(person, ids, live, told))));
    }

    private static MenuPreview sight(
            MenuViewer person, Optional<List<String>> ids, LiveMenus live, Optional<Menu> told) {
        return new MenuPreview(
                live,
                new Viewer(ids.orElse(List.of()), person.platform()),
                ids.isPresent(),
                told,
                person.user().isPresent());
    }

    private Future<Optional<Menu>> told(String account, MenuViewer person) {
        return person.user()
                .map(user -> menus.tryMatch(account, user))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }

    /** Empty where they are not known. */
    private Future<Optional<List<String>>> tagIds(String account, MenuViewer person) {
        if (!person.tags().stream().allMatch(tag -> ID.matcher(tag).matches())) {
            return TagIds.byName(tags, account)
                    .map(known ->
                            person.tags().stream().map(tag -> id(tag, known)).toList())
                    .map(Optional::of);
        }
        return person.openIdOfTags()
                .map(openId -> ofUser(account, openId))
                .orElseGet(() -> Future.succeededFuture(Optional.of(person.tags())
                        .filter(given -> !given.isEmpty() || person.user().isEmpty())));
    }

    private Future<Optional<List<String>>> ofUser(String account, String openId) {
        return tags.ofUser(account, openId)
                .map(ids -> Optional.of(ids.stream().map(String::valueOf).toList()))
                .recover(failure ->
                        isNoOpenId(failure) ? Future.succeededFuture(Optional.empty()) : Future.failedFuture(failure));
    }

    private static boolean isNoOpenId(Throwable failure) {
        return failure instanceof WeChatException known
                && known.code().filter(code -> code.code() == INVALID_OPENID).isPresent();
    }

    private static String id(String tag, Map<String, String> known) {
        if (ID.matcher(tag).matches()) {
            return tag;
        }
        String id = known.get(tag);
        if (id == null) {
            throw new UnknownTagException(tag, known.keySet());
        }
        return id;
    }
}
