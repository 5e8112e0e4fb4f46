package io.weir.dispatch.journal;

import io.vertx.core.Future;
import io.weir.dispatch.Answered;
import io.weir.dispatch.Answered.Way;
import io.weir.dispatch.Deadline;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.Dispatcher;
import io.weir.wechat.codec.Credentials;
import io.weir.wechat.codec.PushCodec;
import io.weir.wechat.codec.PushQuery;
import io.weir.wechat.codec.Received;
import io.weir.wechat.codec.Refusal;
import io.weir.wechat.crypto.MessageCrypto;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.ReplyWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** A door without HTTP: requests as WeChat signs them are read by the codec and written into a journal. */
public final class TestDoor {
    public static final String OPEN_ID = "oY7hTs2Jk9Lm4Np6Qr8St0Uv2Wx4";
    public static final String MASKED = "oY7…2Wx4";
    public static final String PEER = "203.0.113.7:40312";

    private final MessageCrypto crypto = new MessageCrypto(new SecureRandom()::nextBytes);
    private final PushCodec codec = new PushCodec(crypto, Duration.ofMinutes(10));
    private final Credentials account;
    private final Journal journal;
    private final Clock clock;
    final HandlerTimes times;
    final Witness witness;

    public TestDoor(Credentials account, Journal journal, HandlerTimes times, Clock clock) {
        this.account = account;
        this.journal = journal;
        this.clock = clock;
        this.times = times;
        this.witness = new Witness(journal, times, clock);
    }

    /** What is sent to a door. */
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
    public Entry answered(Request request, Reply reply) {
        return came(request, delivery -> Future.succeededFuture(reply), Way.HANDLED, 1);
    }

    /** Lets a request in, and answers it in that way with what a handler brings; {@code success} where it fails. */
    public Entry came(Request request, Dispatcher handler, Way way, int attempt) {
        Incoming incoming = incoming(request);
        try {
            Received received = read(request, incoming);
            Steps steps = witness.opened(received);
            if (way == Way.HANDLED || way == Way.TAKEN_OVER) {
                Deadline end = Deadline.in(Duration.ofSeconds(5));
                Future<String> text = witness.round(handler)
                        .dispatch(new Delivery<>(received.push(), "key", end, attempt, false, true, false))
                        .map(reply -> ReplyWriter.write(reply, received.push(), clock.instant()))
                        .otherwise(ReplyWriter.SUCCESS);
                witness.answered(incoming, received, steps, Answered.of(text.result(), way, attempt));
            } else {
                witness.answered(incoming, received, steps, Answered.of("<xml/>", way, attempt));
            }
        } catch (Refusal refusal) {
            witness.refused(incoming, refusal);
        }
        return journal.newestFirst().get(0);
    }

    Received read(Request request, Incoming incoming) throws Refusal {
        return codec.read(
                codec.check(account, PushQuery.parse(request.query), PushCodec.Now.of(clock.instant())),
                incoming.body());
    }

    public Incoming incoming(Request request) {
        return new Incoming(
                account, request.query, request.body.getBytes(StandardCharsets.UTF_8), () -> PEER, System.nanoTime());
    }

    /** The verification of the URL. */
    public Entry verified() {
        witness.verified(incoming(new Request(signed() + "&echostr=1", "")));
        return journal.newestFirst().get(0);
    }
}
