package io.weir.token;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.weir.client.CredentialFetcher;
import io.weir.client.CredentialFetcher.FetchedCredential;
import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.client.SharedCredentials.CredentialState;
import io.weir.client.WeChatException;
import io.weir.client.WeChatException.Explanation;
import io.weir.config.Secret;
import io.weir.token.CredentialStatus.RefreshRequest;
import io.weir.token.TokenStore.CredentialName;
import io.weir.token.TokenStore.Lease;
import io.weir.token.TokenStore.Stored;
import io.weir.token.TokenVerticle.TokenLimits;
import io.weir.wechat.api.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Keeps one credential of one account for this instance. It has one round at a time: look into the store and, when it is
 * time, get the lease, look again, fetch, write. Callers get what is there meanwhile; only when there is nothing they wait
 * for the round's outcome, all for the same. To be used on one event loop.
 */
final class Keeper {
    private static final Explanation CLASSIC_WITHOUT_REDIS = new Explanation(
            "Redis is unavailable and there is no token. In classic mode each fetch ends the previous token, so no instance"
                    + " fetches one alone.",
            "Bring Redis back: /health says what is wrong with it. Or set tokenMode: stable.",
            "Redis 不可用，且没有可用的 access_token。classic 模式下每次获取都会使之前的 access_token 失效，因此任何实例都不会单独获取。",
            "请恢复 Redis：/health 说明其故障。或改用 tokenMode: stable。");
    private static final Explanation NONE_IN_TIME = new Explanation(
            "There is no token, and a new one did not come in time; the call was not made.",
            "See the last error of the fetch: weir token show, or the log line \"credential cannot be fetched\".",
            "没有可用的 access_token 或 ticket，新的也未在限定时间内取得；该调用未发出。",
            "请查看最近一次获取的错误：weir token show，或日志“credential cannot be fetched”。");
    private static final Explanation NO_ANSWER = new Explanation(
            "WeChat has not answered the fetch in time.",
            "Weir tries again by itself. If it lasts, check the network; weir doctor checks it step by step.",
            "微信未在限定时间内应答获取请求。",
            "Weir 会自动重试。若持续出现，请检查网络；weir doctor 会逐项检查。");
    private static final Explanation BUG = new Explanation(
            "The fetch failed inside Weir.",
            "This is a bug in Weir; please report it with this line.",
            "获取过程在 Weir 内部失败。",
            "这是 Weir 的缺陷，请附上此行报告。");

    private final Account account;
    private final CredentialName name;
    private final KeeperDependencies tools;
    private final LocalCredential credential;
    private final FetchCount fetches;
    private final FetchLog log;
    private @Nullable Promise<Secret> waiting;
    private Future<Void> round = Future.succeededFuture();

    Keeper(Account account, CredentialKind kind, KeeperDependencies tools) {
        this.account = account;
        this.name = new CredentialName(account.appId(), kind);
        this.tools = tools;
        this.credential = new LocalCredential(kind, tools.renewal, tools.limits.look(), tools.random, now(tools));
        this.fetches = new FetchCount(tools.clock);
        this.log = new FetchLog(account.name(), kind);
    }

    Future<Secret> current() {
        Optional<HeldCredential> held = credential.usable(now());
        return held.isPresent() ? Future.succeededFuture(held.get().value()) : next();
    }

    Future<Secret> refused(Secret value) {
        Optional<HeldCredential> held = credential.usable(now());
        if (held.isEmpty()) {
            return next();
        }
        if (!held.get().value().equals(value)) {
            return Future.succeededFuture(held.get().value());
        }
        credential.refuse(value, now());
        tools.store
                .invalidate(name, value, held.get().version(), credential.pause())
                .onSuccess(this::learn);
        return next();
    }

    /** What others have fetched already does not fulfil the wish: so that is looked at before. */
    Future<Secret> renew(boolean force) {
        tools.issuer.insist(account.name());
        return tools.store.read(name).onSuccess(this::learn).transform(looked -> {
            credential.request(force ? RefreshRequest.FORCED : RefreshRequest.NORMAL, now());
            return next();
        });
    }

    CredentialState state() {
        return credential.state(now(), fetches.today());
    }

    /** Does what is due. */
    void tick() {
        if (round.isComplete() && credential.isDue(now())) {
            Promise<Void> ending = Promise.promise();
            round = ending.future();
            round().onComplete(ended -> {
                credential.plan(now());
                ending.complete();
            });
        }
    }

    /** Completes when the round that runs now has ended, with what it fetched in the store and its lease given back. */
    Future<Void> atRest() {
        return round;
    }

    /** The outcome of the next round that has one. */
    private Future<Secret> next() {
        Optional<WeChatException> hopeless = credential.hopeless(tools.limits.callerWait(), now());
        if (hopeless.isPresent()) {
            return Future.failedFuture(hopeless.get());
        }
        Promise<Secret> outcome = waiting == null ? Promise.promise() : waiting;
        waiting = outcome;
        tick();
        return bounded(outcome.future(), tools.limits.callerWait(), "no credential to be had", NONE_IN_TIME);
    }

    private Future<Void> round() {
        return tools.store
                .read(name)
                .compose(this::looked, failure -> away())
                .onFailure(bug -> outcome(WeChatException.of(WeChatException.Kind.GARBAGE, bug.toString(), BUG)));
    }

    private Future<Void> looked(Stored stored) {
        learn(stored);
        if (!credential.shallFetch(now()) && !credential.isMissingIn(stored, now())) {
            return Future.succeededFuture();
        }
        return tools.store
                .lease(name, credential.claim(tools.owner, tools.limits.lease()))
                .compose(this::leased, failure -> away());
    }

    private Future<Void> leased(Lease lease) {
        learn(lease.stored());
        if (!lease.granted()) {
            failedElsewhere(lease);
            return Future.succeededFuture();
        }
        if (credential.shallFetch(now())) {
            return fetch().compose(issued -> fetched(issued, lease), failure -> failed(failure, lease));
        }
        return credential.isMissingIn(lease.stored(), now()) ? publish(lease) : release(lease, Cooldown.NONE);
    }

    private Future<Void> fetched(FetchedCredential issued, Lease lease) {
        long before = credential.known();
        credential.fetched(issued, lease.fence(), now());
        log.fetched(issued);
        outcome(issued.value());
        return tools.store
                .write(name, issued.value(), issued.life(), issued.life(), lease.fence())
                .compose(written -> written ? release(lease, Cooldown.NONE) : overtaken(lease), failure -> {
                    credential.notPublished(Math.min(before, lease.fence() - 1));
                    return Future.succeededFuture();
                });
    }

    /** Another instance has fetched a newer one since: that is the one to use. */
    private Future<Void> overtaken(Lease lease) {
        log.overtaken();
        return tools.store
                .read(name)
                .onSuccess(this::learn)
                .compose(stored -> release(lease, Cooldown.NONE), failure -> {
                    credential.storeAway(now());
                    return Future.succeededFuture();
                });
    }

    private Future<Void> failed(Throwable cause, Lease lease) {
        WeChatException failure = asWeChat(cause);
        return release(lease, Cooldown.after(failure, failed(failure).fleet()));
    }

    private Renewal.Pause failed(WeChatException failure) {
        Renewal.Pause pause = credential.failed(failure, now());
        log.failed(failure, pause, credential.usable(now()).isPresent());
        outcome(failure);
        return pause;
    }

    /** Another instance has failed: what it was told holds here as well, and who waits need not wait in vain. */
    private void failedElsewhere(Lease lease) {
        if (lease.reason().isEmpty() || !credential.shallFetch(now())) {
            return;
        }
        WeChatException failure = Cooldown.failure(lease.reason(), name.kind());
        credential.failedElsewhere(failure, lease.others(), now());
        if (name.kind() == CredentialKind.ACCESS_TOKEN) {
            tools.issuer.heard(account.name(), failure, lease.others());
        }
        log.failed(
                failure,
                new Renewal.Pause(lease.others(), lease.others(), failure.code().isPresent()),
                credential.usable(now()).isPresent());
        if (lease.others().compareTo(tools.limits.callerWait()) > 0) {
            outcome(failure);
        }
    }

    private Future<Void> publish(Lease lease) {
        HeldCredential ours = credential.usable(now()).orElseThrow();
        return tools.store
                .write(name, ours.value(), ours.life(now()), ours.wholeLife(), lease.fence())
                .onSuccess(written -> credential.published(lease.fence()))
                .compose(written -> release(lease, Cooldown.NONE), failure -> Future.succeededFuture());
    }

    /** What cannot be released runs out. */
    private Future<Void> release(Lease lease, Cooldown cooldown) {
        return tools.store.release(name, tools.owner, lease.fence(), cooldown).otherwiseEmpty();
    }

    /** Without the store: in stable mode all instances get the same one, in classic mode they would end each other's. */
    private Future<Void> away() {
        credential.storeAway(now());
        if (!credential.shallFetchAlone(now())) {
            return Future.succeededFuture();
        }
        if (!account.stable()) {
            if (credential.isStoreLost(now())) {
                outcome(WeChatException.of(
                        WeChatException.Kind.UNREACHABLE,
                        "without Redis nobody may fetch a token in classic mode",
                        CLASSIC_WITHOUT_REDIS));
            }
            return Future.succeededFuture();
        }
        return fetch().onComplete(this::fetchedAlone, cause -> failed(asWeChat(cause)))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private void fetchedAlone(FetchedCredential issued) {
        credential.fetchedAlone(issued, now());
        log.fetched(issued);
        outcome(issued.value());
    }

    /** In stable mode WeChat may give back the very token that it refuses: then once a new one, if there is one to be had. */
    private Future<FetchedCredential> fetch() {
        long asked = now();
        Future<FetchedCredential> fetched = issue(credential.status(now()).request() == RefreshRequest.FORCED)
                .compose(issued -> account.stable()
                                && name.kind() == CredentialKind.ACCESS_TOKEN
                                && credential.mustForce(issued.value(), now())
                        ? issue(true).otherwise(issued)
                        : Future.succeededFuture(issued))
                .map(issued -> aged(issued, Duration.ofNanos(now() - asked)));
        return bounded(fetched, tools.limits.fetch(), "no answer to the fetch", NO_ANSWER);
    }

    /** Its life began when WeChat answered, at the earliest when it was asked. */
    private static FetchedCredential aged(FetchedCredential issued, Duration time) {
        Duration left = issued.life().minus(time);
        return new FetchedCredential(issued.value(), left.isNegative() || left.isZero() ? Duration.ofMillis(1) : left);
    }

    private Future<FetchedCredential> issue(boolean force) {
        fetches.add();
        return Future.succeededFuture(account.name()).compose(each -> tools.issuer.issue(each, name.kind(), force));
    }

    private void learn(Stored stored) {
        boolean told = credential.status(now()).failures().told();
        if (credential.learn(stored, now())) {
            if (told) {
                tools.issuer.insist(account.name());
            }
            log.adopted();
            outcome(stored.value().orElseThrow());
        }
    }

    private void outcome(Secret value) {
        take().tryComplete(value);
    }

    private void outcome(WeChatException failure) {
        take().tryFail(failure);
    }

    private Promise<Secret> take() {
        Promise<Secret> taken = waiting == null ? Promise.promise() : waiting;
        waiting = null;
        return taken;
    }

    private long now() {
        return now(tools);
    }

    private static long now(KeeperDependencies tools) {
        return tools.nanos.getAsLong();
    }

    private static <T> Future<T> bounded(Future<T> future, Duration limit, String what, Explanation explanation) {
        return future.timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> Future.failedFuture(
                        failure instanceof TimeoutException
                                ? WeChatException.of(
                                        WeChatException.Kind.NO_ANSWER,
                                        what + " within " + limit.toMillis() + " ms",
                                        explanation)
                                : failure));
    }

    private static WeChatException asWeChat(Throwable failure) {
        return failure instanceof WeChatException known
                ? known
                : WeChatException.of(WeChatException.Kind.GARBAGE, "the fetch failed: " + failure.getClass(), BUG);
    }

    /**
     * Whose credential it is.
     *
     * @param name in the configuration
     * @param stable whether a fetch leaves the previous token alone
     */
    record Account(String name, String appId, boolean stable) {}

    /**
     * What all keepers of an instance use.
     *
     * @param owner name of the instance, unique in the fleet
     * @param nanos a monotonic clock
     * @param clock for the day of the count only
     */
    record KeeperDependencies(
            TokenStore store,
            CredentialFetcher issuer,
            TokenLimits limits,
            Renewal renewal,
            String owner,
            LongSupplier nanos,
            Clock clock,
            DoubleSupplier random) {}

    /** How many fetches there were since midnight in China, where WeChat counts. For show only: budgets are kept elsewhere. */
    static final class FetchCount {
        private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

        private final Clock clock;
        private LocalDate day;
        private int count;

        FetchCount(Clock clock) {
            this.clock = clock.withZone(CHINA);
            this.day = LocalDate.now(this.clock);
        }

        void add() {
            count = today() + 1;
        }

        int today() {
            LocalDate now = LocalDate.now(clock);
            if (!now.equals(day)) {
                day = now;
                count = 0;
            }
            return count;
        }
    }

    /** Tells how fetching goes: each success, and of failures that repeat only the change. */
    static final class FetchLog {
        private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

        private final String account;
        private final CredentialKind kind;
        private String trouble = "";

        FetchLog(String account, CredentialKind kind) {
            this.account = account;
            this.kind = kind;
        }

        void fetched(FetchedCredential issued) {
            trouble = "";
            line(Level.INFO).addKeyValue("life", issued.life()).log("credential fetched");
        }

        void adopted() {
            trouble = "";
            line(Level.DEBUG).log("credential taken from the store");
        }

        void overtaken() {
            line(Level.INFO).log("credential not kept, a newer one is in the store");
        }

        void failed(WeChatException failure, Renewal.Pause pause, boolean oldOneLives) {
            String now =
                    failure.kind() + " " + failure.code().map(ErrorCode::code).orElse(0);
            if (!now.equals(trouble)) {
                trouble = now;
                tell(failure, pause.here(), pause.stopped(), oldOneLives);
            }
        }

        private void tell(WeChatException failure, Duration pause, boolean stopped, boolean oldOneLives) {
            line(stopped ? Level.ERROR : Level.WARN)
                    .addKeyValue("error", failure.getMessage())
                    .addKeyValue("rid", failure.rid().orElse(""))
                    .addKeyValue(
                            "hint",
                            failure.explanation().english() + " "
                                    + failure.explanation().chinese())
                    .addKeyValue("pause", pause)
                    .addKeyValue("served", oldOneLives ? "the previous" : "none")
                    .log("credential cannot be fetched");
        }

        private LoggingEventBuilder line(Level level) {
            return LOG.atLevel(level).addKeyValue("account", account).addKeyValue("kind", kind);
        }
    }
}
