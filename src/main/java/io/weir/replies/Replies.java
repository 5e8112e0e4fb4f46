package io.weir.replies;

import io.vertx.core.Future;
import io.weir.dispatch.Backends;
import io.weir.dispatch.Delivery;
import io.weir.rules.ReplyRules;
import io.weir.rules.Rule;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the rule that answers a push, in the rules that its account has at this moment, and what that answers. Any thread. */
public final class Replies {
    private final Map<String, RepliesFile> files;
    private final Backends backends;

    /** @param files the replies file of each account; accounts may share one, an account without one answers nothing */
    public Replies(Map<String, RepliesFile> files) {
        this(files, Backends.NONE);
    }

    private Replies(Map<String, RepliesFile> files, Backends backends) {
        this.files = Map.copyOf(files);
        this.backends = backends;
    }

    /** The same, asking these. */
    public Replies asking(Backends others) {
        return new Replies(files, others);
    }

    /**
     * The answer to a push, of a backend where the rule says so: what the rule has otherwise where that gives none. A kind that takes
     * no reply does not wait for one.
     */
    public Future<Reply> answer(Delivery<?> delivery) {
        Optional<Rule> found = find(delivery.push());
        if (found.isEmpty()) {
            return Future.succeededFuture(Reply.NONE);
        }
        Rule rule = found.get();
        rule.count();
        if (rule.backend().isEmpty()) {
            return Future.succeededFuture(rule.reply(delivery.push()));
        }
        Future<Reply> asked = backends.ask(rule.backend().get(), delivery);
        return delivery.push().type().takesReply()
                ? asked.recover(failure -> Future.succeededFuture(rule.reply(delivery.push())))
                : Future.succeededFuture(Reply.NONE);
    }

    /** The rule that answers this push, empty when its account has none for it. */
    public Optional<Rule> find(Push push) {
        RepliesFile file = files.get(push.account());
        return file == null ? Optional.empty() : file.rules().find(push);
    }

    /** What the rules answer to this push without asking a backend, {@link Reply#NONE} where its account has none for it. */
    public Reply reply(Push push) {
        return find(push).map(rule -> rule.reply(push)).orElse(Reply.NONE);
    }

    /** The file of an account. */
    public Optional<RepliesFile> file(String account) {
        return Optional.ofNullable(files.get(account));
    }

    /** The accounts that a file answers for, sorted. */
    public List<String> accounts(RepliesFile file) {
        return files.entrySet().stream()
                .filter(each -> each.getValue() == file)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Every file once. */
    public List<RepliesFile> files() {
        return files.values().stream().distinct().toList();
    }

    /** The rules of an account, {@link ReplyRules#NONE} where it has none. */
    public ReplyRules of(String account) {
        RepliesFile file = files.get(account);
        return file == null ? ReplyRules.NONE : file.rules();
    }
}
