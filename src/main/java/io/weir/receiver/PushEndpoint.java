package io.weir.receiver;

import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;
import io.weir.dispatch.Attempt;
import io.weir.dispatch.Deadline;
import io.weir.dispatch.Outcome;
import io.weir.dispatch.PushPipeline;
import io.weir.dispatch.RawRequest;
import io.weir.receiver.Accounts.Account;
import io.weir.wechat.codec.OpenedPush;
import io.weir.wechat.codec.PushCodec;
import io.weir.wechat.codec.PushCodec.Verification;
import io.weir.wechat.codec.PushQuery;
import io.weir.wechat.codec.Refusal;
import io.weir.wechat.message.ReplyWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what is answered to a request, without knowing HTTP: hands genuine pushes to the pipeline and brings their
 * replies back; all else gets {@link Response#REFUSED}.
 *
 * <p>Holds a {@link PushCodec}: one instance per event loop.
 */
public final class PushEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(PushEndpoint.class);
    /** One line for each push, for trying things out; off under load. */
    private static final Logger PUSHES = LoggerFactory.getLogger("io.weir.push");

    private final Accounts accounts;
    private final PushCodec codec;
    private final PushPipeline pipeline;
    private final Refusals refusals;
    private final Clocks clocks;
    private final Senders senders;

    /**
     * What time it is. A push that one of the two accepts is accepted.
     *
     * @param shared of all instances, also for what is written into replies: Redis's, where there is a Redis
     * @param machine the machine's
     */
    public record Clocks(Clock shared, Clock machine) {
        PushCodec.Now now() {
            return new PushCodec.Now(shared.instant(), machine.instant());
        }
    }

    /**
     * Made and used on one event loop.
     *
     * @param accounts looked up for every request
     * @param pipeline brings the answers
     * @param refusals is told of each request that is refused
     * @param senders says who may send
     */
    public PushEndpoint(
            Accounts accounts,
            PushCodec codec,
            PushPipeline pipeline,
            Refusals refusals,
            Clocks clocks,
            Senders senders) {
        this.accounts = accounts;
        this.codec = codec;
        this.pipeline = pipeline;
        this.refusals = refusals;
        this.clocks = clocks;
        this.senders = senders;
    }

    /** Who has sent a request, behind the proxies that are believed. */
    SocketAddress client(SocketAddress peer, Supplier<List<String>> forwarded) {
        return senders.client(peer, forwarded);
    }

    /** The account of that name. */
    Optional<Account> account(String name) {
        return accounts.find(name);
    }

    /**
     * Notes a request whose path names no account.
     *
     * @param url says where the pushes of an account arrive
     */
    void noAccount(String path, Function<String, String> url, SocketAddress peer) {
        refusals.unknownAccount(
                path, () -> accounts.like(path).map(url).orElse("the configuration has no account"), peer);
    }

    /** Answers the verification of the URL, whose replay key is used up first; the future does not fail. */
    Future<Response> verify(Account account, String rawQuery, SocketAddress peer) {
        RawRequest request = new RawRequest(account.credentials(), rawQuery, peer, System.nanoTime());
        try {
            checkAddress(account, peer);
            Verification verification = codec.verifyUrl(account.credentials(), PushQuery.parse(rawQuery), clocks.now());
            return pipeline.verified(request, verification.key()).map(used -> Response.echo(verification.echo()));
        } catch (Refusal refusal) {
            refuse(account, request, refusal);
            return Future.succeededFuture(Response.REFUSED);
        }
    }

    /**
     * Checks the head of a push, before its body is read.
     *
     * @param sinceNanos when the peer began to wait, on the scale of {@link System#nanoTime()}
     * @param traceparent what a proxy in front calls the request by
     * @return empty when the push is refused, whatever its body will be
     */
    Optional<Head> check(
            Account account, String rawQuery, long sinceNanos, SocketAddress peer, Optional<String> traceparent) {
        try {
            checkAddress(account, peer);
            PushCodec.SignedQuery signed = codec.check(account.credentials(), PushQuery.parse(rawQuery), clocks.now());
            return Optional.of(new Head(account, signed, rawQuery, peer, traceparent));
        } catch (Refusal refusal) {
            refuse(account, new RawRequest(account.credentials(), rawQuery, peer, sinceNanos), refusal);
            return Optional.empty();
        }
    }

    private void checkAddress(Account account, SocketAddress peer) throws Refusal {
        if (!senders.admits(account.name(), peer)) {
            throw Refusal.address();
        }
    }

    /**
     * A push whose head has passed the checks, and whose body may be read.
     *
     * @param rawQuery for the journal
     */
    record Head(
            Account account,
            PushCodec.SignedQuery signed,
            String rawQuery,
            SocketAddress peer,
            Optional<String> traceparent) {}

    /** The peer that waits for an answer. */
    interface Peer {
        /** When it began to, on the scale of {@link System#nanoTime()}. */
        long sinceNanos();

        /** When it must be answered. */
        Deadline deadline();

        /** Whether it still waits. Any thread. */
        boolean isPresent();

        /** Gives it the answer; once. */
        void answer(Response answer);
    }

    /** Answers a push. */
    void push(Head head, byte[] body, Peer peer) {
        Account account = head.account;
        RawRequest request = new RawRequest(
                account.credentials(), head.rawQuery, body, head.peer, peer.sinceNanos(), head.traceparent);
        OpenedPush received;
        try {
            received = codec.read(head.signed, body);
        } catch (Refusal refusal) {
            refuse(account, request, refusal);
            peer.answer(Response.REFUSED);
            return;
        }
        if (senders.exceeds(account.name(), received.push().openId(), peer.sinceNanos())) {
            peer.answer(Response.reply(ReplyWriter.SUCCESS));
            return;
        }
        countDropped(account, received.droppedCharacters());
        Attempt attempt = new Attempt(request, received, System.nanoTime(), peer.deadline(), peer::isPresent);
        pipeline.answer(attempt)
                .onComplete((outcome, failure) -> peer.answer(response(account, attempt, outcome, failure)));
    }

    private void refuse(Account account, RawRequest request, Refusal refusal) {
        account.failures().badAnswer().add();
        refusals.refuse(request, refusal);
    }

    private Response response(
            Account account, Attempt attempt, @Nullable Outcome outcome, @Nullable Throwable failure) {
        Response response;
        if (outcome == null) {
            response = unanswered(account, attempt, failure);
        } else if (outcome.text().isPresent()) {
            response = encoded(account, attempt, outcome.text().get());
        } else {
            response = Response.LAPSED;
        }
        long took = System.nanoTime() - attempt.acceptedNanos();
        account.durations().record(took);
        log(attempt, response, took);
        return response;
    }

    private Response encoded(Account account, Attempt attempt, String text) {
        OpenedPush received = attempt.received();
        Instant now = clocks.shared.instant();
        account.usage().note(received.protection(), now);
        try {
            return Response.reply(codec.close(text, account.credentials(), received.seal(), now));
        } catch (RuntimeException bug) {
            return unanswered(account, attempt, bug);
        }
    }

    private Response unanswered(Account account, Attempt attempt, @Nullable Throwable failure) {
        if (failure instanceof Refusal refusal) {
            account.failures().badAnswer().add();
            refusals.count(account.name(), refusal, attempt.request().peer());
            return Response.REFUSED;
        }
        LOG.atError()
                .addKeyValue("account", account.name())
                .addKeyValue("type", attempt.push().type().wireName())
                .addKeyValue("pushId", attempt.id().text())
                .setCause(failure)
                .log("reply could not be written, push answered with success");
        return Response.reply(ReplyWriter.SUCCESS);
    }

    private static void countDropped(Account account, int characters) {
        if (characters > 0) {
            account.dropped().increment(characters);
        }
    }

    private static void log(Attempt attempt, Response response, long tookNanos) {
        if (PUSHES.isInfoEnabled()) {
            PUSHES.atInfo()
                    .addKeyValue("account", attempt.push().account())
                    .addKeyValue("type", attempt.push().type().wireName())
                    .addKeyValue("pushId", attempt.id().text())
                    .addKeyValue("encrypted", attempt.received().seal().isPresent())
                    .addKeyValue("answer", response.word())
                    .addKeyValue("micros", tookNanos / 1_000)
                    .log("answered");
        }
    }

    /**
     * What goes back over HTTP.
     *
     * @param status 200, or 403 for whatever is not genuine; 0 for {@link #LAPSED}
     * @param contentType empty where there is no body
     * @param body UTF-8 when written
     */
    record Response(int status, String contentType, String body) {
        /** The one answer to everything that is not genuine. */
        static final Response REFUSED = new Response(403, "", "");

        /** No answer: the connection is closed, and WeChat asks again. */
        static final Response LAPSED = new Response(0, "", "");

        private static final String TEXT = "text/plain; charset=utf-8";
        private static final String XML = "text/xml; charset=utf-8";

        /** What it is, in a word for the log. */
        String word() {
            return status == 200
                    ? body.equals(ReplyWriter.SUCCESS) ? body : "reply"
                    : status == 0 ? "lapsed" : "refused";
        }

        static Response echo(String echostr) {
            return new Response(200, TEXT, echostr);
        }

        static Response reply(String body) {
            return new Response(200, body.equals(ReplyWriter.SUCCESS) ? TEXT : XML, body);
        }
    }
}
