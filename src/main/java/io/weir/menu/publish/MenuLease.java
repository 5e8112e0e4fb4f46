package io.weir.menu.publish;

import io.vertx.core.Future;
import io.weir.config.AccountConfig;
import io.weir.menu.diff.MenuException;
import java.util.function.Function;

/** Lets one at a time change the menus of an account. */
interface MenuLease {
    /**
     * Does the work while nobody else does any on that account.
     *
     * @return what the work returns; fails with {@link MenuException.Kind#BUSY} where another one is at it, and with {@link
     *     MenuException.Kind#UNAVAILABLE} where that cannot be known
     */
    <T> Future<T> exclusively(AccountConfig account, Function<Hold, Future<T>> work);

    /** What whoever works has in his hands. */
    interface Hold {
        /**
         * To be asked before each change: whoever has been frozen for a while may not be the only one any more.
         *
         * @return fails with {@link MenuException.Kind#BUSY} where that is so
         */
        Future<Void> renew();
    }
}
