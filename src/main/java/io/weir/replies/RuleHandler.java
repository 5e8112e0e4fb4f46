package io.weir.replies;

import io.vertx.core.Future;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.PushHandler;
import io.weir.rules.Rule;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.util.List;

/**
 * Answers from the rules of {@code replies.yaml}: what the built-in handlers share.
 *
 * @param <P> the record, or the family of records, that it answers
 */
public abstract class RuleHandler<P extends Push> extends PushHandler<P> {
    private final Replies replies;

    /** @param types the kinds that it answers */
    protected RuleHandler(Replies replies, List<PushType<? extends P>> types) {
        super(types);
        this.replies = replies;
    }

    @Override
    protected Future<Reply> handle(P push) {
        throw new IllegalStateException("handled as a delivery");
    }

    @Override
    protected Future<Reply> handle(Delivery<P> delivery) {
        return replies.answer(delivery);
    }

    @Override
    protected String ruleOf(P push) {
        return replies.find(push).map(Rule::name).orElseGet(() -> super.ruleOf(push));
    }
}
