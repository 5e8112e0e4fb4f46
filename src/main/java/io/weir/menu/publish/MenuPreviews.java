package io.weir.menu.publish;

import io.vertx.core.Future;
import io.weir.client.WeChatClient;
import io.weir.client.WeChatException;
import io.weir.client.calls.MenuCalls;
import io.weir.client.calls.TagCalls;
import io.weir.menu.file.TagIds;
import io.weir.menu.file.TagIds.UnknownTagException;
import io.weir.wechat.menu.LiveMenus;
import io.weir.wechat.menu.MatchRule.ClientPlatform;
import io.weir.wechat.menu.Menu;
import io.weir.wechat.menu.MenuMatcher;
import io.weir.wechat.menu.MenuMatcher.Match;
import io.weir.wechat.menu.MenuMatcher.Viewer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

    /**
     * What a person sees: by our own reckoning, and as WeChat tells.
     *
     * @param tagsKnown whether the viewer's tags are all that the person has: those of a WeChat id cannot be asked for
     * @param told the answer of trymatch; empty where nobody was asked about, or there is no menu
     * @param asked whether trymatch was asked
     */
    public record MenuPreview(LiveMenus live, Viewer viewer, boolean tagsKnown, Optional<Menu> told, boolean asked) {
        /** By our own reckoning; empty where there is no menu. */
        public Optional<Match> reckoned() {
            return MenuMatcher.match(live, viewer);
        }

        /** Whether both are the same menu; what was not asked is not contradicted. */
        public boolean agrees() {
            return !asked || reckoned().map(Match::menu).equals(told);
        }

        /** Clients that would see what WeChat tells, where the person's is unknown. */
        public List<ClientPlatform> fittingPlatforms() {
            return viewer.platform().isPresent()
                    ? List.of()
                    : Stream.of(ClientPlatform.values())
                            .filter(platform -> new MenuPreview(
                                            live,
                                            new Viewer(viewer.tags(), Optional.of(platform)),
                                            tagsKnown,
                                            told,
                                            asked)
                                    .agrees())
                            .toList();
        }

        /** Whether our reckoning is wrong whatever client the person has; never where the tags are unknown. */
        public boolean contradicts() {
            return tagsKnown && !agrees() && fittingPlatforms().isEmpty();
        }
    }

    /**
     * Whose menu is looked for.
     *
     * @param user openid or WeChat id of a follower
     * @param tags names or ids, in the order of tagging; none: those that the follower has
     * @param platform cannot be asked for
     */
    public record MenuViewer(Optional<String> user, List<String> tags, Optional<ClientPlatform> platform) {
        private static final int LONGEST_WECHAT_ID = 20;

        public MenuViewer {
            tags = List.copyOf(tags);
        }

        /** Whether there is nobody to look for. */
        public boolean isNobody() {
            return user.isEmpty() && tags.isEmpty() && platform.isEmpty();
        }

        /** The follower whose tags are to be asked for: of a WeChat id they cannot be. */
        Optional<String> openIdOfTags() {
            return user.filter(id -> tags.isEmpty() && id.length() > LONGEST_WECHAT_ID);
        }
    }
}
