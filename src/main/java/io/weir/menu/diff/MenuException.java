package io.weir.menu.diff;

import io.weir.client.WeChatException;
import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Menus were not changed, or not as they should have been. Expected: no stack trace; the message holds no secret. */
public final class MenuException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final transient @Nullable MenuPlan plan;
    private final @Nullable WeChatException failure;

    private MenuException(Kind kind, String message, @Nullable MenuPlan plan, @Nullable WeChatException failure) {
        super(message, null, false, false);
        this.kind = kind;
        this.plan = plan;
        this.failure = failure;
    }

    public static MenuException of(Kind kind, String message) {
        return new MenuException(kind, message, null, null);
    }

    /** A failure that shows the plan of now. */
    public static MenuException withPlan(Kind kind, String message, MenuPlan plan) {
        return new MenuException(kind, message, plan, null);
    }

    /** A call that failed. */
    public static MenuException failed(String message, Throwable failure) {
        return new MenuException(Kind.FAILED, message, null, failure instanceof WeChatException known ? known : null);
    }

    public Kind kind() {
        return kind;
    }

    /** What there is to do now, where the plan that was made before is out of date. */
    public Optional<MenuPlan> plan() {
        return Optional.ofNullable(plan);
    }

    /** What WeChat said or failed to say. */
    public Optional<WeChatException> failure() {
        return Optional.ofNullable(failure);
    }

    /** What was in the way. */
    public enum Kind {
        /** The menus are no longer those that the plan was made from. Nothing was changed. */
        STALE,
        /** Somebody else is changing the menus of the account. Nothing was changed. */
        BUSY,
        /** The lock or the place for backups cannot be had. Nothing was changed. */
        UNAVAILABLE,
        /** There is no such backup, or what it holds cannot be published. Nothing was changed. */
        NO_BACKUP,
        /** A call failed; the message says what had been done before, and what is left of it. */
        FAILED,
        /** All calls succeeded, and yet the menus are not as they were wanted. */
        DIFFERENT
    }
}
