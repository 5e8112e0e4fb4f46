package io.weir.journal;

import io.weir.dispatch.Backends;
import io.weir.dispatch.CustomHandlers;
import io.weir.dispatch.Late;
import io.weir.rules.ReplyRules;
import io.weir.rules.Rule;
import io.weir.wechat.codec.PushExplanation;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Who answers which kind of push, as the gateway was put together.
 *
 * @param handlers the built-in class that answers each kind
 * @param custom handlers that go before those
 * @param late what happens to late pushes of each kind, where it is not {@link Late#SUCCESS}
 * @param rules what an account's replies file says at the moment
 * @param backends who is asked where a rule says so
 */
public record AnswerOwners(
        Map<PushType<?>, String> handlers,
        CustomHandlers custom,
        Map<PushType<?>, Late> late,
        Function<String, ReplyRules> rules,
        Backends backends) {
    public AnswerOwners {
        handlers = Map.copyOf(handlers);
        late = Map.copyOf(late);
    }

    /** Whether a handler in a jar or a backend answers it: what that says and does is not known here. */
    boolean isOwn(Push push) {
        return custom.nameOf(push).isPresent()
                || rules.apply(push.account()).find(push).flatMap(Rule::backend).isPresent();
    }

    /** How replies to a push are shown: what one's own handler says may be anything that is known of the user. */
    ReplyView view(Push push, PushExplanation again, boolean reveal) {
        return new ReplyView(push, isOwn(push) || JournalEntries.tellsOfUser(again), reveal);
    }

    /** The class that answers a kind, where the key has no handler of its own. */
    String handlerOf(String account, PushType<?> type) {
        return custom.nameOf(account, type).orElseGet(() -> Objects.requireNonNullElse(handlers.get(type), ""));
    }

    /** The keys that custom handlers answer. */
    List<String> customKeys(String account, PushType<?> type) {
        return custom.keys(account, type).stream().sorted().toList();
    }

    /** The custom handler or the rule that answers a push now, or, where none does, the built-in class. */
    String handlerOf(Push push) {
        return custom.nameOf(push)
                .or(() -> rules.apply(push.account()).find(push).map(Rule::name))
                .orElseGet(() -> Objects.requireNonNullElse(handlers.get(push.type()), ""));
    }
}
