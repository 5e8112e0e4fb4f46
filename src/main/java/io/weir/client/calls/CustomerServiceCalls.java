package io.weir.client.calls;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.client.Call;
import io.weir.client.Json;
import io.weir.client.WeChatClient;
import java.util.Optional;

/** Messages to a user outside of the reply to a push (token-and-server-api.md §8). Never sent twice for being unsure. */
public final class CustomerServiceCalls {
    private final WeChatClient client;

    public CustomerServiceCalls(WeChatClient client) {
        this.client = client;
    }

    /** Sends a message in the account's own name. */
    public Future<Void> send(String account, String openId, CustomerMessage message) {
        return send(account, openId, message, Optional.empty());
    }

    /**
     * Sends a message in the name of one of the staff.
     *
     * @param staff whose name and picture are shown, as in {@code name@account}
     */
    public Future<Void> send(String account, String openId, CustomerMessage message, Optional<String> staff) {
        ObjectNode body = body(openId, message);
        staff.ifPresent(name -> body.putObject("customservice").put("kf_account", name));
        return send(account, body, Optional.empty());
    }

    /**
     * Sends a message in the account's own name that answers a push.
     *
     * @param traceparent what a proxy called the push's request by; goes to WeChat as the header of that name
     */
    public Future<Void> answer(String account, String openId, CustomerMessage message, Optional<String> traceparent) {
        return send(account, body(openId, message), traceparent);
    }

    private static ObjectNode body(String openId, CustomerMessage message) {
        ObjectNode body = Json.object().put("touser", openId).put("msgtype", message.type());
        message.writeTo(body.putObject(message.type()));
        return body;
    }

    private Future<Void> send(String account, ObjectNode body, Optional<String> traceparent) {
        return client.call(
                        account, Call.post("/cgi-bin/message/custom/send", body).tracedAs(traceparent))
                .mapEmpty();
    }

    /** Shows the user that an answer is being typed: for 15 seconds, within 30 seconds after the user's message. */
    public Future<Void> typing(String account, String openId) {
        return command(account, openId, "Typing");
    }

    public Future<Void> cancelTyping(String account, String openId) {
        return command(account, openId, "CancelTyping");
    }

    private Future<Void> command(String account, String openId, String command) {
        ObjectNode body = Json.object().put("touser", openId).put("command", command);
        return client.call(account, Call.post("/cgi-bin/message/custom/typing", body))
                .mapEmpty();
    }
}
