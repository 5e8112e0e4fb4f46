package io.weir.simulator.load;

import io.weir.simulator.push.Element;
import io.weir.simulator.push.PushFactory;
import io.weir.simulator.push.PushOrder;
import io.weir.simulator.push.PushOrder.FieldSetting;
import io.weir.simulator.push.SimulatedAccount;
import io.weir.simulator.push.SimulatedPush;
import java.util.List;
import java.util.Locale;

/**
 * As many pushes of one kind as wanted, none of them a repeat of another (push-protocol.md §7): a message has its own MsgId, and
 * each comes from another user. Where all have to come from one user, events differ in CreateTime: each is a second older
 * than the one before it, since a user's events of one second are taken for one. An element that the order sets stays as set, even
 * where that makes repeats of them. Any thread.
 */
public final class PushSeries {
    private static final String CREATE_TIME = "CreateTime";

    private final PushFactory factory;
    private final PushOrder order;
    private final SimulatedAccount account;
    private final SimulatedPush first;
    private final boolean fromAnybody;

    /** @throws io.weir.simulator.push.PushOrder.PushOrderException when what is ordered cannot be built */
    public PushSeries(PushFactory factory, PushOrder order, SimulatedAccount account) {
        this.factory = factory;
        this.order = order;
        this.account = account;
        this.first = factory.create(order, account);
        this.fromAnybody = order.user().isEmpty() && first.value("FromUserName").equals(PushFactory.DEFAULT_USER);
    }

    /** Push number {@code index}, from 0 on; the first one is what the order itself asks for. */
    public SimulatedPush get(int index) {
        if (fromAnybody) {
            return factory.create(order.from(user(index)), account);
        }
        boolean apart = !first.kind().event() || isSet(CREATE_TIME);
        return apart ? factory.create(order, account) : older(index);
    }

    /** The made-up user with another number at its end; as many characters as an openid has. */
    private static String user(int index) {
        String prefix = PushFactory.DEFAULT_USER.substring(0, PushFactory.DEFAULT_USER.length() - 8);
        return prefix + String.format(Locale.ROOT, "%08d", index + 1);
    }

    private SimulatedPush older(int seconds) {
        String created = Long.toString(Long.parseLong(first.value(CREATE_TIME)) - seconds);
        return new SimulatedPush(
                first.type(), first.kind(), Element.with(first.elements(), List.of(CREATE_TIME), created));
    }

    private boolean isSet(String name) {
        return order.fields().stream().map(FieldSetting::path).anyMatch(List.of(name)::equals);
    }
}
