package io.weir.plugin;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.weir.wechat.message.Reply;
import java.util.Map;

/**
 * WeChat's server API: with the account's access_token, which all instances share, within WeChat's quotas, repeated where that
 * is harmless, not made at all where an error code has told that it is in vain.
 *
 * <p>Any thread. Futures fail with a {@link io.weir.client.WeChatException}, which tells WeChat's code, or with an {@link
 * IllegalArgumentException} for an account that is not in the configuration.
 */
public interface WeChatApi {

    /**
     * Any call that is answered with JSON. A GET is taken for a question, which may be repeated, everything else for an order,
     * which may not unless it was surely not executed.
     *
     * @param account its name in the configuration
     * @param path as in {@code /cgi-bin/tags/get}, without query and token
     * @param body not sent with a GET
     * @return the object that came; an {@code errcode} other than 0 fails
     */
    Future<JsonObject> call(String account, HttpMethod method, String path, JsonObject body);

    /** A question with parameters in its URL, as in {@code /cgi-bin/user/info} with {@code openid}. */
    Future<JsonObject> get(String account, String path, Map<String, String> query);

    /**
     * Sends a customer-service message, which a user takes for some time after having done something (48 hours after a
     * message, 1 minute after a tap).
     *
     * @param reply anything but {@link Reply.TransferToService}, {@link Reply#NONE} and {@link Reply#configured()}
     */
    Future<Void> send(String account, String openId, Reply reply);
}
