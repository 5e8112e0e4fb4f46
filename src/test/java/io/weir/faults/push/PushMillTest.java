package io.weir.faults.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PushMillTest {
    private final PushMill mill = new PushMill("row");

    @Test
    void makesSevenTextsTwoTapsAndOneEncryptedTextOfTen() {
        List<Push> pushes =
                Stream.generate(() -> mill.next("sleep 20")).limit(100).toList();

        assertThat(pushes).filteredOn(has("<MsgType><![CDATA[event]]>")).hasSize(20);
        assertThat(pushes).filteredOn(has("<MsgType><![CDATA[text]]>")).hasSize(80);
        assertThat(pushes).filteredOn(Push::encrypted).hasSize(10);
        assertThat(pushes).filteredOn(Push::signedAfresh).hasSize(50);
    }

    @Test
    void doesNotRepeatWhatAnotherMillMakes() {
        PushMill other = new PushMill("warm");

        assertThat(messageId(mill.text(""))).isNotEqualTo(messageId(other.text("")));
    }

    @Test
    void takesOnlyTheReplyToTheVeryPush() {
        Push push = mill.text("");
        String reply =
                "<xml><ToUserName><![CDATA[%s]]></ToUserName><Content><![CDATA[answer to %s by run r]]></Content></xml>";

        assertThat(Replies.plaintext(push, reply.formatted(push.openId(), push.id())))
                .contains(push.id());
        assertThat(Replies.plaintext(push, "success")).isEqualTo("success");
        assertThatThrownBy(() -> Replies.plaintext(push, reply.formatted(push.openId(), push.id() + "0")))
                .hasMessageContaining("a reply to another push");
        assertThatThrownBy(() -> Replies.plaintext(push, reply.formatted("somebody", push.id())))
                .hasMessageContaining("a reply to somebody else");
    }

    private static Predicate<Push> has(String part) {
        return push -> push.xml().contains(part);
    }

    private static String messageId(Push push) {
        return push.xml().replaceAll(".*<MsgId>(\\d+)</MsgId>.*", "$1");
    }
}
