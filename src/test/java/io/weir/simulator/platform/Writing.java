package io.weir.simulator.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.time.VirtualTime;
import java.net.URI;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** An account, a follower of it, and what the one writes to the other. */
final class Writing {
    static final String ALICE = "oAlice0000000000000000000001";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    final VirtualTime time = new VirtualTime(Instant.parse("2024-11-20T08:00:00Z"));
    final Followers followers = new Followers(time.clock());
    final Materials materials = new Materials(time.clock(), id -> false, () -> URI.create("http://127.0.0.1:8082"));
    final CustomerMessages messages = another();

    Writing() {
        followers.put(Follower.of(ALICE, "Alice"));
    }

    /** Of the same account, but without what happened. */
    CustomerMessages another() {
        return new CustomerMessages(time.clock(), followers, materials::kindOf);
    }

    void sends(String content) {
        messages.send(text(ALICE, content));
    }

    void types(String command) {
        messages.type(json("{'touser':'" + ALICE + "','command':'" + command + "'}"));
    }

    static ObjectNode text(String openid, String content) {
        ObjectNode message = json("{'touser':'" + openid + "','msgtype':'text'}");
        message.putObject("text").put("content", content);
        return message;
    }

    /** With single quotes for double ones. */
    static ObjectNode json(String text) {
        try {
            return (ObjectNode) MAPPER.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static void assertRefused(int errcode, ThrowingCallable call) {
        Refused refused = catchThrowableOfType(Refused.class, call);
        assertThat(refused).as("is refused with " + errcode).isNotNull();
        assertThat(refused.errcode()).isEqualTo(errcode);
    }
}
