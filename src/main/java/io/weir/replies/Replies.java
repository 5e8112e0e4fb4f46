package io.weir.replies;

import io.weir.rules.ReplyRules;
import io.weir.rules.Rule;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the rule that answers a push, in the rules that its account has at this moment. Any thread. */
public final class Replies {
    private final Map<String, RepliesFile> files;

    /** @param files the replies file of each account; accounts may share one, an account without one answers nothing */
    public Replies(Map<String, RepliesFile> files) {
        this.files = Map.copyOf(files);
    }

    /** The rule that answers this push, empty when its account has none for it. */
    public Optional<Rule> find(Push push) {
        RepliesFile file = files.get(push.account());
        return file == null ? Optional.empty() : file.rules().find(push);
    }

    /** What the rules answer to this push, {@link Reply#NONE} where its account has none for it. */
    public Reply reply(Push push) {
        return find(push).map(rule -> rule.reply(push)).orElse(Reply.NONE);
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
