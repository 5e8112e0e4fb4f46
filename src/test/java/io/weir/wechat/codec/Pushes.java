package io.weir.wechat.codec;

import io.weir.wechat.crypto.AesKey;
import io.weir.wechat.crypto.MessageCrypto;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Pushes as WeChat makes them, and accounts to push to, for the tests of the codec. */
final class Pushes {
    static final Instant NOW = Instant.ofEpochSecond(1_732_000_000L);
    static final String TOKEN = "gwTokenBlue7";
    static final String APP_ID = "wx0a1b2c3d4e5f6071";
    static final AesKey KEY = AesKey.parse("zPlhWagvPdI09Fn8F7Z3xVswlb7QpkgUxl6jGmt43T0");
    static final AesKey OTHER_KEY = AesKey.parse("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    static final String CLICK = "<xml><ToUserName><![CDATA[gh_5f21c0ffee01]]></ToUserName>"
            + "<FromUserName><![CDATA[oY7hTs2Jk9Lm4Np6Qr8St0Uv2Wx4]]></FromUserName><CreateTime>1731992001</CreateTime>"
            + "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[CLICK]]></Event><EventKey><![CDATA[K]]></EventKey></xml>";

    private static final MessageCrypto CRYPTO = new MessageCrypto(new SecureRandom()::nextBytes);

    private Pushes() {}

    static PushCodec codec() {
        return new PushCodec(new MessageCrypto(new SecureRandom()::nextBytes), Duration.ofMinutes(10));
    }

    static Credentials account(Mode mode) {
        return new Credentials("main", APP_ID, List.of(TOKEN), List.of(KEY), mode, Optional.empty());
    }

    static PushQuery plainQuery(String token, Instant at) {
        String timestamp = Long.toString(at.getEpochSecond());
        return new PushQuery(
                CRYPTO.sign(token, timestamp, "604812873"),
                timestamp,
                "604812873",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static PushQuery aesQuery(String token, Instant at, String encrypt) {
        PushQuery plain = plainQuery(token, at);
        return new PushQuery(
                plain.signature(),
                plain.timestamp(),
                plain.nonce(),
                Optional.empty(),
                Optional.of("aes"),
                Optional.of(CRYPTO.sign(token, plain.timestamp(), plain.nonce(), encrypt)),
                Optional.empty());
    }

    static String encrypt(String message, AesKey key, String appId) {
        return CRYPTO.encrypt(bytes(message), key, appId);
    }

    static byte[] envelope(String encrypt) {
        return bytes("<xml><ToUserName><![CDATA[gh_5f21c0ffee01]]></ToUserName><Encrypt><![CDATA[" + encrypt
                + "]]></Encrypt></xml>");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
