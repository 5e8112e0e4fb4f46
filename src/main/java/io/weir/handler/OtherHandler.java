package io.weir.handler;

import io.vertx.core.Future;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.Throttle;
import io.weir.replies.Replies;
import io.weir.replies.RuleHandler;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.Unknown;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes note of all kinds that nobody else handles; tells the operator once an hour of a kind that has no record. */
public final class OtherHandler extends RuleHandler<Push> {
    private static final Logger LOG = LoggerFactory.getLogger(OtherHandler.class);
    private static final int MAX_NAME = 64;

    private final Throttle unknownKinds;

    /**
     * One for each event loop.
     *
     * @param replies may name a backend for them
     * @param types the kinds that nobody else handles
     * @param unknownKinds which of them were told of; all loops share it
     */
    public OtherHandler(Replies replies, List<PushType<?>> types, Throttle unknownKinds) {
        super(replies, types);
        this.unknownKinds = unknownKinds;
    }

    @Override
    protected Future<Reply> handle(Delivery<Push> delivery) {
        if (delivery.push() instanceof Unknown unknown) {
            tell(unknown);
        }
        return super.handle(delivery);
    }

    private void tell(Unknown unknown) {
        boolean untyped = unknown.msgType().isEmpty();
        String kind = shortened((untyped ? PushType.UNKNOWN.wireName() : unknown.msgType())
                + unknown.event().map(event -> " " + event).orElse(""));
        OptionalLong heldBack = unknownKinds.admit(kind, System.nanoTime());
        if (untyped) {
            heldBack.ifPresent(more -> LOG.atWarn()
                    .addKeyValue("account", unknown.account())
                    .addKeyValue("type", kind)
                    .addKeyValue("suppressed", more)
                    .log("push without MsgType answered with success, which nothing of an official account is"));
            return;
        }
        heldBack.ifPresent(more -> LOG.atInfo()
                .addKeyValue("account", unknown.account())
                .addKeyValue("type", kind)
                .addKeyValue("suppressed", more)
                .log("push of a kind without a record, or with a field not of its type, answered with success"));
    }

    private static String shortened(String name) {
        String printable = name.replaceAll("[^\\p{Alnum}_ .-]", "?");
        return printable.length() <= MAX_NAME ? printable : printable.substring(0, MAX_NAME);
    }
}
