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
        ObjectNode body = Json.object().put("touser", openId).put("msgtype", message.type());
        message.writeTo(body.putObject(message.type()));
        staff.ifPresent(name -> body.putObject("customservice").put("kf_account", name));
        return client.call(account, Call.post("/cgi-bin/message/custom/send", body))
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
