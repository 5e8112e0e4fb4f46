package io.weir.plugin;

import io.vertx.core.Vertx;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What Weir gives to a custom handler. Any thread. */
public interface Services {

    /** For clients, timers and the event bus. */
    Vertx vertx();

    /** The accounts of the gateway; a push names its own. */
    List<Account> accounts();

    /**
     * What stands at {@code handlers: { TYPE: { settings: … } }} of the configuration, or at {@code TYPE.KEY} for a handler of
     * that key; of an observer {@code handlers: { CLASS: { settings: … } }}. Empty where nothing does.
     */
    Settings settings();

    /**
     * The settings for pushes of one account: what stands at {@code accounts: { NAME: { handlers: … } }} in the same way,
     * {@link #settings()} where nothing does.
     */
    Settings settings(String account);

    /** What the rules of {@code replies.yaml} answer to a push without asking a backend, {@link Reply#NONE} where they have nothing. */
    Reply configured(Push push);

    /** WeChat's server API, with the account's token. */
    WeChatApi wechat();

    /**
     * Lets somebody see the pushes of a kind without answering them, until the handler is stopped.
     *
     * @param observer called on an event loop: must not block
     */
    <P extends Push> void observe(PushType<P> type, Consumer<P> observer);

    /**
     * An account, without its secrets.
     *
     * @param name as in the configuration and in {@link Push#account()}
     * @param originalId {@code gh_…}, where the configuration has it
     */
    record Account(String name, String appId, Optional<String> originalId) {}
}
