package io.weir.menu;

import io.vertx.core.Future;
import io.weir.client.WeChatException;
import io.weir.client.WeChatException.Kind;
import io.weir.client.calls.MenuCalls;
import io.weir.wechat.api.ErrorCode;
import io.weir.wechat.menu.ConditionalMenu;
import io.weir.wechat.menu.LiveMenus;
import io.weir.wechat.menu.Menu;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes the calls of a plan, once. Where one fails, it takes back the personalised menus that it has added, as far as it can. */
final class Publication {
    private static final int NO_SUCH_MENU = 65301;

    private final MenuCalls calls;
    private final String account;
    private final MenuPlan plan;
    private final Steps steps;
    private final List<String> added = new ArrayList<>();
    private final List<String> done = new ArrayList<>();

    Publication(MenuCalls calls, String account, MenuPlan plan) {
        this.calls = calls;
        this.account = account;
        this.plan = plan;
        this.steps = plan.steps();
    }

    /** Fails with a {@link MenuException} that says what was done and what is left. */
    Future<Void> run() {
        return steps.deleteFirst()
                ? create().compose(created -> deleteOld()).compose(deleted -> add())
                : create().compose(created -> add()).compose(complete -> deleteOld());
    }

    private Future<Void> create() {
        return steps.create()
                .map(menu -> calls.create(account, menu)
                        .onSuccess(created -> done.add("the default menu is replaced"))
                        .recover(failure -> failed("menu/create", failure, menu)))
                .orElseGet(Future::succeededFuture);
    }

    private Future<Void> add() {
        return oneByOne(
                        steps.add(),
                        named -> calls.addConditional(account, named.menu())
                                .onSuccess(added::add)
                                .<Void>mapEmpty()
                                .recover(failure -> addFailed(named, failure)))
                .onSuccess(all -> tell(added.size(), "added"));
    }

    private Future<Void> deleteOld() {
        return oneByOne(
                steps.delete(),
                menu -> delete(menu.menuid().orElse(""))
                        .recover(failure -> failed(
                                "menu/delconditional of menuid " + menu.menuid().orElse(""), failure, menu.menu())));
    }

    private Future<Void> delete(String menuid) {
        return calls.deleteConditional(account, menuid)
                .recover(failure -> isGone(failure) ? Future.succeededFuture() : Future.failedFuture(failure));
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof WeChatException known
                && known.code()
                        .map(ErrorCode::code)
                        .filter(code -> code == NO_SUCH_MENU)
                        .isPresent();
    }

    /** Half of a set is worse than the former one. Where the former is gone already, half is better than nothing. */
    private Future<Void> addFailed(WantedMenus.Named named, Throwable failure) {
        Future<Void> undone = steps.deleteFirst() ? Future.succeededFuture() : takeBack();
        return undone.compose(taken -> failed(
                "menu/addconditional of \"" + named.name() + "\"",
                failure,
                named.menu().menu()));
    }

    /** A call whose answer was lost may have added a menu, too: so it looks first. Never fails. */
    private Future<Void> takeBack() {
        List<String> left = new ArrayList<>();
        return calls.get(account)
                .map(this::strangers)
                .otherwise(added)
                .compose(ids -> oneByOne(
                                ids,
                                id -> delete(id).otherwise(failure -> {
                                    left.add(id);
                                    return null;
                                }))
                        .onSuccess(taken -> {
                            tell(ids.size() - left.size(), "taken back");
                            tell(left.size(), "left over (menuid " + String.join(", ", left) + ")");
                        }));
    }

    private List<String> strangers(LiveMenus now) {
        Set<Optional<String>> before = plan.live().api().conditional().stream()
                .map(ConditionalMenu::menuid)
                .collect(Collectors.toCollection(HashSet::new));
        return now.conditional().stream()
                .filter(menu -> !before.contains(menu.menuid()))
                .filter(menu -> steps.add().stream().anyMatch(named -> ConditionalDiff.areEqual(named.menu(), menu)))
                .flatMap(menu -> menu.menuid().stream())
                .toList();
    }

    private void tell(int menus, String what) {
        if (menus > 0) {
            done.add(menus + (menus == 1 ? " personalised menu " : " personalised menus ") + what);
        }
    }

    private Future<Void> failed(String call, Throwable failure, Menu sent) {
        String message = call + " has failed" + suspects(failure, sent) + ".\n"
                + (done.isEmpty() ? "Nothing was changed before" : "Before: " + String.join(", ", done))
                + (mayBeDone(failure) ? "; this call may have been executed." : ".")
                + "\nweir menu plan shows what is left to do, and weir menu apply does it.";
        return Future.failedFuture(MenuException.failed(message, failure));
    }

    private static boolean mayBeDone(Throwable failure) {
        return failure instanceof WeChatException known
                && (known.kind() == Kind.NO_ANSWER || known.kind() == Kind.GARBAGE);
    }

    private static String suspects(Throwable failure, Menu sent) {
        List<String> paths = failure instanceof WeChatException known
                ? known.code().map(code -> Suspects.of(code.code(), sent)).orElse(List.of())
                : List.of();
        return paths.isEmpty()
                ? ""
                : "; WeChat means " + (paths.size() == 1 ? "" : "one of ") + String.join(", ", paths);
    }

    private static <T> Future<Void> oneByOne(List<T> all, Function<T, Future<Void>> work) {
        Future<Void> before = Future.succeededFuture();
        for (T each : all) {
            before = before.compose(done -> work.apply(each));
        }
        return before;
    }
}
