package io.weir.dispatch.once;

import io.weir.dispatch.Attempt;
import io.weir.wechat.message.PushId;
import io.weir.wechat.message.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What runs at this instance, and what became of replies that came too late, for whoever looks on. Any thread. */
public interface PushesInProgress {
    /** The handler of a push that was acknowledged has not ended, or its reply is being sent. */
    String PENDING = "pending";

    /** The reply went out as a customer-service message. */
    String SENT = "sent";

    /** The handler has ended without a reply. */
    String NO_REPLY = "none";

    /** Redis could not be asked whether another instance sends the reply, so it is lost. */
    String UNCONFIRMED = "unconfirmed";

    /** Nothing runs, and nothing was late. */
    PushesInProgress NONE = new PushesInProgress() {
        @Override
        public List<Attempt> running() {
            return List.of();
        }

        @Override
        public Optional<String> lateReply(PushId id) {
            return Optional.empty();
        }
    };

    /** The first attempts of the pushes that have no answer yet. */
    List<Attempt> running();

    /** What became of the reply to a push that was acknowledged before: one of the above, or why it is lost. Of the last pushes only. */
    Optional<String> lateReply(PushId id);

    /**
     * A reply that went out as a customer-service message.
     *
     * @param at when WeChat had taken it
     */
    record LateMessage(Reply reply, Instant at) {}

    /** The message to the sender of a push whose late reply was {@link #SENT}; of the last pushes only. */
    default Optional<LateMessage> lateMessage(PushId id) {
        return Optional.empty();
    }
}
