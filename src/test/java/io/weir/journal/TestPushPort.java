package io.weir.journal;

import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;
import io.weir.dispatch.Attempt;
import io.weir.dispatch.Attempt.ExecutionInfo;
import io.weir.dispatch.Deadline;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.HandlerStage;
import io.weir.dispatch.HandlerTimes;
import io.weir.dispatch.Outcome;
import io.weir.dispatch.Outcome.Kind;
import io.weir.dispatch.PushPipeline;
import io.weir.dispatch.RawRequest;
import io.weir.wechat.codec.Credentials;
import io.weir.wechat.codec.OpenedPush;
import io.weir.wechat.codec.PushCodec;
import io.weir.wechat.codec.PushQuery;
import io.weir.wechat.codec.Refusal;
import io.weir.wechat.codec.ReplayKey;
import io.weir.wechat.crypto.MessageCrypto;
import io.weir.wechat.message.Reply;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

/** A push port without HTTP: requests as WeChat signs them are read by the codec and written into a journal. */
public final class TestPushPort {
    public static final String OPEN_ID = "oY7hTs2Jk9Lm4Np6Qr8St0Uv2Wx4";
    public static final String MASKED = "oY7…2Wx4";
    public static final String PEER = "203.0.113.7:40312";
    private static final SocketAddress ADDRESS = SocketAddress.inetSocketAddress(40312, "203.0.113.7");

    private final MessageCrypto crypto = new MessageCrypto(new SecureRandom()::nextBytes);
    private final PushCodec codec = new PushCodec(crypto, Duration.ofMinutes(10));
    private final Credentials account;
    private final Journal journal;
    private final Clock clock;
    final HandlerTimes times;
    final Journalled pipeline;
    private PushPipeline inner = attempt -> Future.failedFuture("no handler");

    public TestPushPort(Credentials account, Journal journal, HandlerTimes times, Clock clock) {
        this.account = account;
        this.journal = journal;
        this.clock = clock;
        this.times = times;
        this.pipeline = new Journalled(attempt -> inner.answer(attempt), journal, clock);
    }

    /** What is sent to it. */
    public record Request(String query, String body) {
        /** The same with another part of the query. */
        public Request with(String was, String is) {
            return new Request(query.replace(was, is), body);
        }
    }

    public static String click(String key) {
        return push("<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[CLICK]]></Event><EventKey><![CDATA[" + key
                + "]]></EventKey>");
    }

    public static String text(String content) {
        return push("<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[" + content
                + "]]></Content><MsgId>23728327895123456</MsgId>");
    }

    /** A push with these elements behind those that all have. */
    public static String push(String more) {
        return "<xml><ToUserName><![CDATA[gh_5f21c0ffee01]]></ToUserName><FromUserName><![CDATA[" + OPEN_ID
                + "]]></FromUserName><CreateTime>1731992001</CreateTime>" + more + "</xml>";
    }

    public Request plain(String xml) {
        return new Request(signed(), xml);
    }

    public Request sealed(String xml) {
        return sealed(xml, account.appId());
    }

    public Request sealed(String xml, String appId) {
        String encrypt = crypto.encrypt(
                xml.getBytes(StandardCharsets.UTF_8), account.aesKeys().get(0), appId);
        return enveloped(encrypt);
    }

    /** A request with that {@code Encrypt}, rightly signed. */
    public Request enveloped(String encrypt) {
        String nonce = crypto.nonce();
        String time = Long.toString(clock.instant().getEpochSecond());
        String token = account.tokens().get(0);
        String query = "signature=" + crypto.sign(token, time, nonce) + "&timestamp=" + time + "&nonce=" + nonce
                + "&openid=" + OPEN_ID + "&encrypt_type=aes&msg_signature="
                + crypto.sign(token, time, nonce, encrypt);
        return new Request(
                query,
                "<xml><ToUserName><![CDATA[gh_5f21c0ffee01]]></ToUserName><Encrypt><![CDATA[" + encrypt
                        + "]]></Encrypt></xml>");
    }

    public String signed() {
        String nonce = crypto.nonce();
        String time = Long.toString(clock.instant().getEpochSecond());
        return "signature=" + crypto.sign(account.tokens().get(0), time, nonce) + "&timestamp=" + time + "&nonce="
                + nonce + "&openid=" + OPEN_ID;
    }

    /** Answers a request with a reply, as the first attempt. */
    public JournalEntry answered(Request request, Reply reply) {
        return came(request, delivery -> Future.succeededFuture(reply), Kind.REPLY, 1);
    }

    /** Lets a request in, and answers it in that way: where it is one of a run, with what a handler brings. */
    public JournalEntry came(Request request, Function<Delivery<?>, Future<Reply>> handler, Kind kind, int attempt) {
        RawRequest raw = raw(request);
        try {
            inner = kind.isRun()
                    ? new HandlerStage(handler, times, clock)
                    : joined -> Future.succeededFuture(
                            kind == Kind.LAPSED
                                    ? Outcome.lapsed(attempt)
                                    : Outcome.of(kind, "<xml/>").numbered(attempt));
            Attempt arrived = attempt(raw);
            ExecutionInfo run = new ExecutionInfo(attempt, false, true, false);
            var unused = pipeline.answer(arrived.running(run, arrived.deadline()));
        } catch (Refusal refusal) {
            journal.addRefused(raw, refusal);
        }
        return newest();
    }

    /** Lets a request in that the pipeline refuses, or answers. */
    JournalEntry came(Request request, PushPipeline with) throws Refusal {
        inner = with;
        var unused = pipeline.answer(attempt(raw(request)));
        return newest();
    }

    Attempt attempt(RawRequest request) throws Refusal {
        return new Attempt(request, read(request), System.nanoTime(), Deadline.in(Duration.ofSeconds(5)), () -> true);
    }

    OpenedPush read(RawRequest request) throws Refusal {
        return codec.read(
                codec.check(account, PushQuery.parse(request.query()), PushCodec.Now.of(clock.instant())),
                request.body());
    }

    public RawRequest raw(Request request) {
        byte[] body = request.body.getBytes(StandardCharsets.UTF_8);
        return new RawRequest(account, request.query, body, ADDRESS, System.nanoTime());
    }

    /** The verification of the URL. */
    public JournalEntry verified() {
        verify();
        return newest();
    }

    /** The same, on any thread. */
    void verify() {
        var unused = pipeline.verified(raw(new Request(signed() + "&echostr=1", "")), new ReplayKey(0, 0, 0, false));
    }

    private JournalEntry newest() {
        return journal.find(journal.newest()).orElseThrow();
    }
}
