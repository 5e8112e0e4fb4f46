package io.weir.menu.publish;

import io.vertx.core.Future;
import io.weir.client.calls.MenuCalls;
import io.weir.menu.diff.ConditionalDiff;
import io.weir.menu.diff.PublishingSteps;
import io.weir.menu.diff.WantedMenus;
import io.weir.wechat.menu.LiveMenus;
import io.weir.wechat.menu.LiveMenus.ConditionalMenu;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Puts the personalised menus in place: adds the new ones and then deletes the old ones, so that there is no moment without.
 * Where adding fails, it takes back what it has added, as far as it can.
 */
final class ConditionalPublisher {
    private static final int NO_SUCH_MENU = 65301;
    private static final int TOO_MANY_MENUS = 65305;

    private final MenuCalls calls;
    private final String account;
    private final PublishingSteps steps;
    private final LiveMenus before;
    private final ChangeProgress progress;
    private final List<String> added = new ArrayList<>();

    /** @param before what the steps were made from */
    ConditionalPublisher(
            MenuCalls calls, String account, PublishingSteps steps, LiveMenus before, ChangeProgress progress) {
        this.calls = calls;
        this.account = account;
        this.steps = steps;
        this.before = before;
        this.progress = progress;
    }

    Future<Void> run() {
        return steps.deleteFirst() ? deleteOld().compose(deleted -> add()) : add().compose(complete -> deleteOld());
    }

    private Future<Void> add() {
        return oneByOne(steps.add(), this::add).onSuccess(all -> progress.tell(added.size(), "added"));
    }

    private Future<Void> add(WantedMenus.Named named) {
        return progress.write(() -> calls.addConditional(account, named.menu()))
                .onSuccess(added::add)
                .<Void>mapEmpty()
                .recover(failure -> addFailed(named, failure));
    }

    private Future<Void> deleteOld() {
        return oneByOne(steps.delete(), this::deleteOld);
    }

    private Future<Void> deleteOld(ConditionalMenu old) {
        String menuid = old.menuid().orElse("");
        return delete(menuid)
                .onSuccess(deleted -> progress.tell("menuid " + menuid + " deleted"))
                .recover(failure -> progress.failed("menu/delconditional of menuid " + menuid, failure));
    }

    /** One that is gone already is as good. */
    private Future<Void> delete(String menuid) {
        return progress.write(() -> calls.deleteConditional(account, menuid))
                .recover(failure -> ChangeProgress.code(failure)
                                .filter(code -> code == NO_SUCH_MENU)
                                .isPresent()
                        ? Future.succeededFuture()
                        : Future.failedFuture(failure));
    }

    /** Half of a set is worse than the previous one. Where the previous is gone already, half is better than nothing. */
    private Future<Void> addFailed(WantedMenus.Named named, Throwable failure) {
        Future<Void> undone = steps.deleteFirst() ? kept() : takeBack();
        return undone.compose(taken -> progress.failed(
                "menu/addconditional of \"" + named.name() + "\"" + crowded(failure),
                failure,
                named.menu().menu()));
    }

    /** How many there may be WeChat does not tell, and for a moment there are the old and the new. */
    private String crowded(Throwable failure) {
        boolean tooMany = ChangeProgress.code(failure)
                .filter(code -> code == TOO_MANY_MENUS)
                .isPresent();
        return tooMany && !steps.delete().isEmpty()
                ? " beside the " + steps.delete().size()
                        + " that are deleted afterwards (if old and new are too many together, weir menu delete first)"
                : "";
    }

    private Future<Void> kept() {
        progress.tell(added.size(), "added");
        return Future.succeededFuture();
    }

    /** A call whose answer was lost may have added a menu, too: so it looks first. Never fails. */
    private Future<Void> takeBack() {
        return calls.get(account).map(this::strangers).otherwise(added).compose(this::takeBack);
    }

    private Future<Void> takeBack(List<String> menuids) {
        List<String> left = new ArrayList<>();
        return oneByOne(
                        menuids,
                        menuid -> delete(menuid).otherwise(failure -> {
                            left.add(menuid);
                            return null;
                        }))
                .onSuccess(taken -> {
                    progress.tell(menuids.size() - left.size(), "added and taken back");
                    progress.tell(left.size(), "added and left over (menuid " + String.join(", ", left) + ")");
                });
    }

    /** Those that were not there before and are as the ones that were to be added. */
    private List<String> strangers(LiveMenus now) {
        Set<Optional<String>> known =
                before.conditional().stream().map(ConditionalMenu::menuid).collect(Collectors.toSet());
        return now.conditional().stream()
                .filter(menu -> !known.contains(menu.menuid()))
                .filter(menu -> steps.add().stream().anyMatch(named -> ConditionalDiff.areEqual(named.menu(), menu)))
                .flatMap(menu -> menu.menuid().stream())
                .toList();
    }

    private static <T> Future<Void> oneByOne(List<T> all, Function<T, Future<Void>> work) {
        Future<Void> before = Future.succeededFuture();
        for (T each : all) {
            before = before.compose(done -> work.apply(each));
        }
        return before;
    }
}
