package io.weir.dispatch.once;

import io.vertx.core.Future;
import io.weir.wechat.codec.ReplayKey;
import io.weir.wechat.message.PushId;
import java.time.Duration;
import java.util.Optional;

/**
 * What the instances of a fleet know of pushes: a {@link Row} for each push, kept for {@link OnceLimits#kept} after it was last
 * written, and the replay keys that were used. Each operation is one step that nothing comes between. A future fails when the
 * store cannot be asked, and may complete on any thread. Any thread.
 */
public interface PushStore {

    /** Writes a row unless the push has one, and uses the key up. */
    Future<ClaimResult> claim(PushId id, ReplayKey key, Row.Running mine);

    /** The row of a push. */
    Future<Found> find(PushId id);

    /** Writes a row, or removes it, when what stands there is what is expected. */
    Future<Swap> replace(PushId id, Expected expected, Optional<Row> next);

    /** Uses a key up. */
    Future<KeyUse> use(ReplayKey key);

    /**
     * What a claim met.
     *
     * @param row the row that stood there; empty when the claimer's stands there now
     * @param key whether the key had been used
     */
    record ClaimResult(Optional<Row> row, KeyUse key) {}

    /**
     * A row.
     *
     * @param age since it was last written; zero without a row
     */
    record Found(Optional<Row> row, Duration age) {}

    /**
     * What became of a replacement.
     *
     * @param row what stands there when nothing was written
     */
    record Swap(boolean written, Optional<Row> row) {
        static final Swap WRITTEN = new Swap(true, Optional.empty());
    }

    /**
     * What must stand there for a replacement.
     *
     * @param text the row, or how it begins; empty for no row
     * @param how how the two are compared
     */
    record Expected(String text, Match how) {
        /** How a row is compared with what is expected. */
        enum Match {
            /** The whole row. */
            EXACT,
            /** The row begins so. */
            PREFIX,
            /** The row begins so, or there is none. */
            PREFIX_OR_FREE
        }

        static final Expected FREE = new Expected("", Match.EXACT);

        static Expected exactly(Row row) {
            return new Expected(row.text(), Match.EXACT);
        }

        static Expected beginning(String text) {
            return new Expected(text, Match.PREFIX);
        }

        static Expected freeOrBeginning(String text) {
            return new Expected(text, Match.PREFIX_OR_FREE);
        }

        /** Whether that is what stands there. */
        boolean fits(Optional<String> row) {
            return switch (how) {
                case EXACT -> row.orElse("").equals(text);
                case PREFIX -> row.filter(each -> each.startsWith(text)).isPresent();
                case PREFIX_OR_FREE -> row.isEmpty() || row.get().startsWith(text);
            };
        }
    }

    /** What is known of a replay key. */
    enum KeyUse {
        /** The store keeps no keys: the instance's own memory is all there is. */
        UNKNOWN,
        /** Never used. */
        NEW,
        /** Used with the same body, so lately that the answer is kept still: a repeat. */
        RECENT,
        /** Used with the same body: a repeat, or, where no answer is kept any more, a recording of one. */
        SAME,
        /** Used with another body. */
        OTHER,
        /** Used by a verification of the URL. */
        VERIFICATION;

        /** What a digest found under the key means to a request. */
        static KeyUse of(long found, ReplayKey key) {
            return found == key.digest() ? SAME : found == ReplayKey.VERIFICATION ? VERIFICATION : OTHER;
        }

        /** The same when it was used so long ago. */
        KeyUse after(Duration age, OnceLimits limits) {
            // Half of the time: the key of a repeat is used later than the row was written, and must not outlive it as
            // recent.
            boolean recent = age.toMillis() < limits.kept().toMillis() / 2;
            return this == SAME && recent ? RECENT : this;
        }

        /** What the store and the instance's own memory say together: the store knows better, unless it has lost its memory. */
        KeyUse or(KeyUse own) {
            return this == UNKNOWN || (this == NEW && own == SAME) ? own : this;
        }
    }

    /** The store of an instance that has no fellows: all that is known of pushes is in its {@link Executions}. */
    final class Solo implements PushStore {
        private static final Future<ClaimResult> CLAIMED =
                Future.succeededFuture(new ClaimResult(Optional.empty(), KeyUse.UNKNOWN));
        private static final Future<Found> NOTHING = Future.succeededFuture(new Found(Optional.empty(), Duration.ZERO));
        private static final Future<Swap> WRITTEN = Future.succeededFuture(Swap.WRITTEN);
        private static final Future<KeyUse> UNKNOWN = Future.succeededFuture(KeyUse.UNKNOWN);

        @Override
        public Future<ClaimResult> claim(PushId id, ReplayKey key, Row.Running mine) {
            return CLAIMED;
        }

        @Override
        public Future<Found> find(PushId id) {
            return NOTHING;
        }

        @Override
        public Future<Swap> replace(PushId id, Expected expected, Optional<Row> next) {
            return WRITTEN;
        }

        @Override
        public Future<KeyUse> use(ReplayKey key) {
            return UNKNOWN;
        }
    }
}
