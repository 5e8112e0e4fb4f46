package io.weir.receiver;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.weir.client.calls.NetworkCalls;
import io.weir.config.AccountConfig;
import io.weir.http.AddressRange;
import io.weir.redis.RedisLink;
import io.weir.retry.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks WeChat once a day where the pushes of each account come from, for {@code push.allowFrom: wechat}. What WeChat said last holds
 * until it says something else, and is kept in Redis, where there is one, for an instance that starts while WeChat cannot be asked.
 * One instance.
 */
public final class CallbackAddresses extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(CallbackAddresses.class);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Backoff RETRY = Backoff.doubling(Duration.ofMinutes(1), Duration.ofHours(1));
    private static final Duration KEPT = Duration.ofDays(30);

    private final List<AccountConfig> accounts;
    private final NetworkCalls network;
    private final Optional<RedisLink> redis;
    private final Senders senders;

    /** @param senders is told the addresses */
    public CallbackAddresses(
            List<AccountConfig> accounts, NetworkCalls network, Optional<RedisLink> redis, Senders senders) {
        this.accounts = List.copyOf(accounts);
        this.network = network;
        this.redis = redis;
        this.senders = senders;
    }

    /** The ports need not wait for it. */
    @Override
    public Future<?> start() {
        accounts.forEach(account -> recall(account).onComplete(known -> ask(account, 0)));
        return Future.succeededFuture();
    }

    private Future<Void> recall(AccountConfig account) {
        return redis.map(link -> link.attempted()
                        .compose(tried -> link.send("GET", key(link, account)))
                        .map(answer -> answer.text().orElse(""))
                        .onSuccess(text -> senders.know(account.name(), ranges(List.of(text.split(" ", -1)))))
                        .<Void>mapEmpty())
                .orElseGet(Future::succeededFuture);
    }

    private void ask(AccountConfig account, int failures) {
        network.callbackIps(account.name())
                .map(CallbackAddresses::ranges)
                .compose(ranges -> ranges.isEmpty()
                        ? Future.failedFuture("WeChat names no address")
                        : Future.succeededFuture(ranges))
                .onSuccess(ranges -> told(account, ranges))
                .onFailure(failure -> untold(account, failures + 1, failure));
    }

    private void told(AccountConfig account, List<AddressRange> ranges) {
        senders.know(account.name(), ranges);
        String text =
                String.join(" ", ranges.stream().map(AddressRange::toString).toList());
        redis.ifPresent(link -> link.send("SET", key(link, account), text, "EX", String.valueOf(KEPT.toSeconds())));
        LOG.atInfo()
                .addKeyValue("account", account.name())
                .addKeyValue("addresses", ranges.size())
                .log("WeChat has told where its pushes come from");
        later(account, 0, DAY);
    }

    /** Once for each time that it begins to fail. */
    private void untold(AccountConfig account, int failures, Throwable failure) {
        if (failures == 1) {
            LOG.atWarn()
                    .addKeyValue("account", account.name())
                    .addKeyValue("error", failure.getMessage())
                    .addKeyValue("served", senders.isOpenFor(account.name()) ? "from everywhere" : "as told before")
                    .log("WeChat does not tell where its pushes come from");
        }
        later(
                account,
                failures,
                RETRY.after(failures, ThreadLocalRandom.current().nextDouble()));
    }

    private void later(AccountConfig account, int failures, Duration time) {
        vertx.setTimer(time.toMillis(), id -> ask(account, failures));
    }

    private static List<AddressRange> ranges(List<String> texts) {
        return texts.stream().flatMap(text -> AddressRange.parse(text).stream()).toList();
    }

    private static String key(RedisLink link, AccountConfig account) {
        return link.key("{" + account.appId() + "}:callback_ips");
    }
}
