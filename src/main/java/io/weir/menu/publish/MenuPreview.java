package io.weir.menu.publish;

import io.weir.wechat.menu.ClientPlatform;
import io.weir.wechat.menu.LiveMenus;
import io.weir.wechat.menu.Menu;
import io.weir.wechat.menu.MenuMatcher;
import io.weir.wechat.menu.MenuMatcher.Match;
import io.weir.wechat.menu.MenuMatcher.Viewer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
                                        live, new Viewer(viewer.tags(), Optional.of(platform)), tagsKnown, told, asked)
                                .agrees())
                        .toList();
    }

    /** Whether our reckoning is wrong whatever client the person has; never where the tags are unknown. */
    public boolean contradicts() {
        return tagsKnown && !agrees() && fittingPlatforms().isEmpty();
    }
}
