package io.weir.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.config.Problem;
import io.weir.config.Problems;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.Reply;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One replies file read in a test, with the problems that came of it. */
record Parsed(ReplyRules rules, Problems problems) {

    static Parsed of(String... lines) {
        Problems problems = new Problems();
        return new Parsed(
                ReplyRules.parse("replies.yaml", String.join("\n", lines), Set.of("shop"), problems), problems);
    }

    /** A file without any problem. */
    static Parsed valid(String... lines) {
        Parsed parsed = of(lines);
        assertThat(parsed.texts()).isEmpty();
        return parsed;
    }

    List<String> texts() {
        return problems.all().stream().map(Problem::text).toList();
    }

    /** The key of the rule that is found. */
    Optional<String> key(Push push) {
        return rules.find(push).map(Rule::key);
    }

    Reply reply(Push push) {
        return rules.find(push).orElseThrow().reply(push);
    }

    /** The content of the text reply. */
    String text(Push push) {
        return ((Reply.Text) reply(push)).content();
    }
}
