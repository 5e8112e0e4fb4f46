package io.weir.receiver;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.weir.dispatch.Deadline;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.Dispatcher;
import io.weir.wechat.codec.Credentials;
import io.weir.wechat.codec.PushCodec;
import io.weir.wechat.codec.PushQuery;
import io.weir.wechat.codec.Received;
import io.weir.wechat.codec.Refusal;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.ReplyWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what is answered to a request, without knowing HTTP: lets genuine pushes into the corridor and brings their
 * replies back; all else gets {@link Answer#REFUSED}.
 *
 * <p>Holds a {@link PushCodec}: one instance per event loop.
 */
public final class Door {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    /** One line for each push, for trying things out; off under load. */
    private static final Logger PUSHES = LoggerFactory.getLogger("io.weir.push");

    private static final Duration[] OBJECTIVES = {
        Duration.ofMillis(5),
        Duration.ofMillis(50),
        Duration.ofMillis(200),
        Duration.ofSeconds(1),
        Duration.ofMillis(4_500)
    };

    private final Map<String, Credentials> accounts;
    private final PushCodec codec;
    private final Dispatcher corridor;
    private final Refusals refusals;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final Timer durations;

    /**
     * Made and used on one event loop.
     *
     * @param accounts by the name in the URL
     * @param corridor brings the replies; its futures do not fail
     */
    public Door(
            Map<String, Credentials> accounts,
            PushCodec codec,
            Dispatcher corridor,
            Refusals refusals,
            MeterRegistry metrics,
            Clock clock) {
        this.accounts = Map.copyOf(accounts);
        this.codec = codec;
        this.corridor = corridor;
        this.refusals = refusals;
        this.metrics = metrics;
        this.clock = clock;
        this.durations = Timer.builder("weir.push.duration")
                .description("From the whole request of an accepted push to its answer")
                .serviceLevelObjectives(OBJECTIVES)
                .register(metrics);
    }

    /** The account of that name; empty, and noted, where there is none. */
    Optional<Credentials> account(String name, String path, Supplier<String> peer) {
        Optional<Credentials> account = Optional.ofNullable(accounts.get(name));
        if (account.isEmpty()) {
            refusals.unknownAccount(path, peer.get());
        }
        return account;
    }

    /** Answers the verification of the URL. */
    Answer verify(Credentials account, String rawQuery, Supplier<String> peer) {
        try {
            return Answer.echo(codec.verifyUrl(account, PushQuery.parse(rawQuery), clock.instant()));
        } catch (Refusal refusal) {
            return refuse(account, refusal, peer);
        }
    }

    /** Answers a push; the future does not fail. */
    Future<Answer> push(Credentials account, String rawQuery, byte[] body, Deadline deadline, Supplier<String> peer) {
        Received received;
        try {
            received = codec.read(account, PushQuery.parse(rawQuery), body, clock.instant());
        } catch (Refusal refusal) {
            return Future.succeededFuture(refuse(account, refusal, peer));
        }
        countDropped(account, received.droppedCharacters());
        long arrived = System.nanoTime();
        return corridor.dispatch(new Delivery<>(received.push(), deadline))
                .map(reply -> answer(account, received, reply))
                .otherwise(bug -> unanswerable(account, received, bug))
                .onSuccess(answer -> {
                    durations.record(System.nanoTime() - arrived, TimeUnit.NANOSECONDS);
                    log(received, answer, arrived);
                });
    }

    private Answer answer(Credentials account, Received received, Reply reply) {
        Instant now = clock.instant();
        String plaintext = ReplyWriter.write(reply, received.push(), now);
        return Answer.reply(codec.close(plaintext, account, received.seal(), now));
    }

    private Answer refuse(Credentials account, Refusal refusal, Supplier<String> peer) {
        refusals.record(account.account(), refusal, peer.get());
        return Answer.REFUSED;
    }

    private void countDropped(Credentials account, int characters) {
        if (characters > 0) {
            Counter.builder("weir.dropped.characters")
                    .description("Characters that XML forbids, dropped from accepted pushes")
                    .tag("account", account.account())
                    .register(metrics)
                    .increment(characters);
        }
    }

    private static void log(Received received, Answer answer, long arrived) {
        if (PUSHES.isInfoEnabled()) {
            PUSHES.atInfo()
                    .addKeyValue("account", received.push().account())
                    .addKeyValue("type", received.push().type().wireName())
                    .addKeyValue("encrypted", received.seal().isPresent())
                    .addKeyValue("answer", answer.isSuccess() ? ReplyWriter.SUCCESS : "reply")
                    .addKeyValue("micros", (System.nanoTime() - arrived) / 1_000)
                    .log("answered");
        }
    }

    private static Answer unanswerable(Credentials account, Received received, Throwable bug) {
        LOG.atError()
                .addKeyValue("account", account.account())
                .addKeyValue("type", received.push().type().wireName())
                .setCause(bug)
                .log("reply could not be written, push answered with success");
        return Answer.reply(ReplyWriter.SUCCESS);
    }
}
