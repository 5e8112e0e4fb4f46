package io.weir.dispatch;

import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushDocument;
import java.util.Optional;

/**
 * A push on its way to its handler; what crosses the event bus.
 *
 * @param push what WeChat told the account
 * @param xml what the push was read from, decrypted; {@link PushDocument#NONE} for one that was made up
 * @param idempotencyKey the identity of the push, the same in every run of it, at every instance; also for events, which have no
 *     MsgId
 * @param deadline until when a reply is of use, in whatever way it reaches the user; later than an attempt's
 * @param attempt number of the attempt of WeChat's that started this run, from 1
 * @param redelivered whether another run of this push has begun somewhere and was not finished: what it does outside may
 *     have been done already
 * @param certain whether no other instance runs the push, as far as Redis can say so; false when Redis was away and this
 *     instance decided alone
 * @param replay whether an operator has it handled once more, to see what is answered: nothing of it reaches the user, and
 *     what a handler does outside should not be done
 * @param traceparent what a proxy in front calls the request by; to be passed on to whoever is asked
 */
public record Delivery<P extends Push>(
        P push,
        PushDocument xml,
        String idempotencyKey,
        Deadline deadline,
        int attempt,
        boolean redelivered,
        boolean certain,
        boolean replay,
        Optional<String> traceparent) {

    /** The first run of a push that nobody else runs. */
    public static <P extends Push> Delivery<P> first(P push, String idempotencyKey, Deadline deadline) {
        return new Delivery<>(
                push, PushDocument.NONE, idempotencyKey, deadline, 1, false, true, false, Optional.empty());
    }

    /** A push that was handled before, once more. */
    public static <P extends Push> Delivery<P> replay(P push, String idempotencyKey, Deadline deadline) {
        return new Delivery<>(push, PushDocument.NONE, idempotencyKey, deadline, 1, true, true, true, Optional.empty());
    }
}
