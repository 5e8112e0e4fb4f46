package io.weir.menu;

import io.vertx.core.Future;
import io.weir.config.AccountConfig;
import java.util.function.Supplier;

/** Lets one at a time change the menus of an account. */
public interface MenuLease {
    /**
     * Does the work while nobody else does any on that account.
     *
     * @return what the work returns; fails with {@link MenuException.Kind#BUSY} where another one is at it, and with {@link
     *     MenuException.Kind#UNAVAILABLE} where that cannot be known
     */
    <T> Future<T> exclusively(AccountConfig account, Supplier<Future<T>> work);
}
