package io.weir.menu.publish;

import io.vertx.core.Future;
import io.weir.client.WeChatException;
import io.weir.client.WeChatException.Kind;
import io.weir.client.admin.AdminException;
import io.weir.menu.diff.MenuException;
import io.weir.wechat.api.ErrorCode;
import io.weir.wechat.menu.Menu;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** How far a change of menus has got: every call that changes something goes through it, and a failure tells what was before. */
final class ChangeProgress {
    private final MenuLease.Hold hold;
    private final MenuBackup backup;
    private final List<String> done = new ArrayList<>();

    ChangeProgress(MenuLease.Hold hold, MenuBackup backup) {
        this.hold = hold;
        this.backup = backup;
    }

    /** Makes a call, unless somebody else may be changing the menus by now. Fails as the call does. */
    <T> Future<T> write(Supplier<Future<T>> call) {
        return hold.renew().compose(held -> call.get());
    }

    /** Remembers what was done. */
    void tell(String what) {
        done.add(what);
    }

    /** The same of a number of personalised menus. */
    void tell(int menus, String what) {
        if (menus > 0) {
            tell(menus + (menus == 1 ? " personalised menu " : " personalised menus ") + what);
        }
    }

    /** Fails with a {@link MenuException} that says where it stopped; a bug flies on as it is. */
    <T> Future<T> failed(String call, Throwable failure) {
        return failed(call, failure, Optional.empty());
    }

    /** @param sent what may be wrong with it */
    <T> Future<T> failed(String call, Throwable failure, Menu sent) {
        return failed(call, failure, Optional.of(sent));
    }

    private <T> Future<T> failed(String call, Throwable failure, Optional<Menu> sent) {
        String what = call + " has failed" + reason(failure) + suspects(failure, sent) + ".\n" + rest(failure);
        return Future.failedFuture(isExpected(failure) ? MenuException.failed(what, failure) : failure);
    }

    private String rest(Throwable failure) {
        boolean mayBeDone = mayBeDone(failure);
        if (done.isEmpty() && !mayBeDone) {
            return "Nothing was changed.";
        }
        return (done.isEmpty() ? "Nothing was changed before" : "Before: " + String.join(", ", done))
                + (mayBeDone ? "; this call may have been executed." : ".")
                + "\nweir menu plan shows what is left to do and weir menu apply does it; weir menu rollback --to "
                + backup.id() + " brings back what was.";
    }

    private static boolean isExpected(Throwable failure) {
        return failure instanceof WeChatException
                || failure instanceof MenuException
                || failure instanceof AdminException;
    }

    /** What WeChat says is told with its meaning elsewhere. */
    private static String reason(Throwable failure) {
        return failure instanceof WeChatException ? "" : ": " + failure.getMessage();
    }

    private static boolean mayBeDone(Throwable failure) {
        return failure instanceof WeChatException known
                && (known.kind() == Kind.NO_ANSWER || known.kind() == Kind.GARBAGE);
    }

    private static String suspects(Throwable failure, Optional<Menu> sent) {
        List<String> paths = code(failure)
                .flatMap(code -> sent.map(menu -> ErrorCodeHints.of(code, menu)))
                .orElse(List.of());
        return switch (paths.size()) {
            case 0 -> "";
            case 1 -> "; WeChat means " + paths.get(0);
            default -> "; WeChat means one of " + String.join(", ", paths);
        };
    }

    /** WeChat's error code, where it answered with one. */
    static Optional<Integer> code(Throwable failure) {
        return failure instanceof WeChatException known ? known.code().map(ErrorCode::code) : Optional.empty();
    }
}
