package io.weir.replies;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.weir.config.Problems;
import io.weir.dispatch.Backends;
import io.weir.dispatch.Clicks;
import io.weir.dispatch.Deadline;
import io.weir.dispatch.Delivery;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RepliesTest {
    private final List<String> asked = new ArrayList<>();

    @Test
    void answersByItselfWhereNoBackendIsNamed() {
        Replies replies = replies("CLICK: { A: { text: \"{eventKey}!\" } }", Future.failedFuture("not asked"));

        assertThat(answer(replies, Clicks.click("A"))).isEqualTo(Reply.text("A!"));
        assertThat(answer(replies, Clicks.click("B"))).isEqualTo(Reply.NONE);
        assertThat(asked).isEmpty();
    }

    @Test
    void answersWhatTheBackendSays() {
        Replies replies = replies("CLICK: { A: { backend: shop } }", Future.succeededFuture(Reply.text("{eventKey}")));

        assertThat(answer(replies, Clicks.click("A"))).isEqualTo(Reply.text("{eventKey}"));
        assertThat(asked).containsExactly("shop");
    }

    @Test
    void answersOtherwiseWhereTheBackendFails() {
        Replies replies = replies(
                "CLICK: { A: { backend: shop, otherwise: { text: \"later, {eventKey}\" } }, B: { backend: shop } }",
                Future.failedFuture("away"));

        assertThat(answer(replies, Clicks.click("A"))).isEqualTo(Reply.text("later, A"));
        assertThat(answer(replies, Clicks.click("B"))).isEqualTo(Reply.NONE);
    }

    @Test
    void doesNotWaitForAnAnswerThatIsOfNoUse() {
        Replies replies = replies(
                "VIEW: { default: { backend: shop } }", Promise.<Reply>promise().future());

        assertThat(answer(replies, Clicks.view("http://a"))).isEqualTo(Reply.NONE);
        assertThat(asked).containsExactly("shop");
    }

    private Replies replies(String yaml, Future<Reply> answer) {
        Problems problems = new Problems();
        byte[] text = yaml.getBytes(StandardCharsets.UTF_8);
        RepliesFile file = RepliesFile.read(Path.of("replies.yaml"), Set.of("shop"), text, problems, Instant.now());
        problems.throwIfErrors();
        Backends backends = (name, delivery) -> {
            asked.add(name);
            return answer;
        };
        return new Replies(Map.of("main", file)).asking(backends);
    }

    private static Reply answer(Replies replies, Push push) {
        Future<Reply> answer = replies.answer(Delivery.first(push, "key", Deadline.in(Duration.ofSeconds(5))));
        assertThat(answer.isComplete()).isTrue();
        return answer.result();
    }
}
