package io.weir.plugin;

import io.vertx.core.Vertx;
import io.weir.client.WeChatClient;
import io.weir.config.AccountConfig;
import io.weir.config.Section;
import io.weir.dispatch.Observers;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.Reply;
import java.util.List;
import java.util.function.Function;

/**
 * What Weir gives to a custom handler.
 *
 * @param vertx for clients, timers and the event bus
 * @param accounts the configured accounts; a push names its own
 * @param settings what stands at {@code handlers: { TYPE: { settings: … } }} of the configuration; empty where nothing
 *     does. A getter that finds a wrong value reports it with its line, and the gateway does not start.
 * @param configured what the rules of {@code replies.yaml} answer to a push, {@link Reply#NONE} where they have nothing: for
 *     handlers that answer only some keys themselves
 * @param wechat WeChat's server API, with the account's token; typed calls are made from it, as in {@code new
 *     CustomerServiceCalls(services.wechat())}
 * @param observers for seeing pushes of any type without answering them
 */
public record Services(
        Vertx vertx,
        List<AccountConfig> accounts,
        Section settings,
        Function<Push, Reply> configured,
        WeChatClient wechat,
        Observers observers) {
    public Services {
        accounts = List.copyOf(accounts);
    }
}
