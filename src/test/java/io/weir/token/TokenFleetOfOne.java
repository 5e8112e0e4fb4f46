package io.weir.token;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.weir.client.CredentialFetcher;
import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.client.SharedCredentials.CredentialState;
import io.weir.config.Secret;
import io.weir.redis.Await;
import io.weir.redis.RedisConfig;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import io.weir.token.TokenVerticle.TokenLimits;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Instances that share one Redis, each with a keeper on an event loop of its own, a link of its own and callers. */
final class TokenFleetOfOne implements AutoCloseable {
    static final int SIZE = 8;
    private static final Duration TICK = Duration.ofMillis(5);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(SIZE));
    private final List<Member> members = new ArrayList<>();

    /** Settings that leave a renewal as much time as lives of a second or so allow. */
    static final Renewal RENEWAL = new Renewal(
            Duration.ofMinutes(5), 0.5, Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofMillis(400));

    static final TokenLimits LIMITS = new TokenLimits(
            Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ofMillis(100), TICK);

    /** Scaled down like the lives of the credentials here, which last seconds and not hours. */
    private static final RedisLimits REDIS_LIMITS = new RedisLimits(
            Duration.ofMillis(300),
            Duration.ofSeconds(1),
            Duration.ofMillis(200),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            2_048);

    TokenFleetOfOne(RedisConfig redis, boolean stable, Function<Vertx, CredentialFetcher> issuer, TokenLimits limits) {
        this(redis, stable, issuer, limits, SIZE);
    }

    TokenFleetOfOne(
            RedisConfig redis,
            boolean stable,
            Function<Vertx, CredentialFetcher> issuer,
            TokenLimits limits,
            int size) {
        CredentialFetcher shared = issuer.apply(vertx);
        for (int each = 0; each < size; each++) {
            Member member =
                    new Member(RedisLink.open(vertx, redis, REDIS_LIMITS), stable, shared, limits, "instance" + each);
            Await.result(vertx.deployVerticle(member));
            members.add(member);
        }
    }

    Member member(int number) {
        return members.get(number);
    }

    /** Asks every instance. */
    List<Secret> all(Function<Keeper, Future<Secret>> question) {
        List<Future<Secret>> answers = new ArrayList<>();
        members.forEach(member -> answers.add(member.ask(question)));
        return answers.stream().map(Await::result).toList();
    }

    /** Lets every instance ask its keeper again and again, and judge what it gets. */
    Callers callers(Function<Secret, Boolean> isTaken) {
        return new Callers(isTaken);
    }

    @Override
    public void close() {
        members.forEach(member -> member.link.close());
        Await.result(vertx.close());
    }

    /** What callers see. */
    final class Callers implements AutoCloseable {
        final AtomicInteger asked = new AtomicInteger();
        final AtomicInteger waited = new AtomicInteger();
        final AtomicInteger failed = new AtomicInteger();
        final AtomicInteger refused = new AtomicInteger();
        private final List<Long> timers = new ArrayList<>();

        private Callers(Function<Secret, Boolean> isTaken) {
            for (Member member : members) {
                member.context().runOnContext(ready -> timers.add(vertx.setPeriodic(4, id -> call(member, isTaken))));
            }
        }

        private void call(Member member, Function<Secret, Boolean> isTaken) {
            asked.incrementAndGet();
            Future<Secret> answer = member.keeper().current();
            if (!answer.isComplete()) {
                waited.incrementAndGet();
            }
            answer.onFailure(failure -> failed.incrementAndGet()).onSuccess(token -> {
                if (!isTaken.apply(token)) {
                    refused.incrementAndGet();
                }
            });
        }

        @Override
        public void close() {
            timers.forEach(vertx::cancelTimer);
        }
    }

    /** One instance. */
    static final class Member extends VerticleBase {
        private final TokenLimits limits;
        private final RedisLink link;
        private final Keeper keeper;

        private Member(RedisLink link, boolean stable, CredentialFetcher issuer, TokenLimits limits, String owner) {
            this.limits = limits;
            this.link = link;
            Keeper.KeeperDependencies tools = new Keeper.KeeperDependencies(
                    new RedisTokenStore(link),
                    issuer,
                    limits,
                    RENEWAL,
                    owner,
                    System::nanoTime,
                    Clock.systemUTC(),
                    () -> ThreadLocalRandom.current().nextDouble());
            keeper = new Keeper(new Keeper.Account("main", "wx1", stable), CredentialKind.ACCESS_TOKEN, tools);
        }

        @Override
        public Future<?> start() {
            vertx.setPeriodic(limits.tick().toMillis(), id -> keeper.tick());
            return link.attempted();
        }

        Context context() {
            return context;
        }

        CredentialState state() {
            Promise<CredentialState> answer = Promise.promise();
            context.runOnContext(here -> answer.complete(keeper.state()));
            return Await.result(answer.future());
        }

        private Keeper keeper() {
            return keeper;
        }

        RedisLink link() {
            return link;
        }

        /** From any thread. */
        Future<Secret> ask(Function<Keeper, Future<Secret>> question) {
            Promise<Secret> answer = Promise.promise();
            context.runOnContext(here -> question.apply(keeper).onComplete(answer));
            return answer.future();
        }
    }
}
