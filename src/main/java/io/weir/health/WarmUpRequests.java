package io.weir.health;

import io.vertx.core.buffer.Buffer;
import io.weir.wechat.codec.Credentials;
import io.weir.wechat.codec.Mode;
import io.weir.wechat.crypto.AesKey;
import io.weir.wechat.crypto.MessageCrypto;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The requests of a {@link WarmUp}: what WeChat sends most, plain and encrypted, repeats, and some that are refused. */
final class WarmUpRequests {
    /** How much of an unfinished request never comes, or how little of it does. */
    private static final int MISSING = 100;

    private static final int KINDS = 8;
    private static final String USER = "oWarmUp";
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final Account account;
    private final String path;
    private final Clock clock;
    private final MessageCrypto crypto;
    private int turn;
    private Request last = new Request(Buffer.buffer(), 0);

    /** @param path of all accounts, as {@code /wx} */
    WarmUpRequests(Account account, String path, Clock clock) {
        this.account = account;
        this.path = path + "/" + account.credentials.account();
        this.clock = clock;
        this.crypto = new MessageCrypto(new SecureRandom()::nextBytes);
    }

    /** An account with secrets that nobody knows. */
    record Account(Credentials credentials) {
        private static final int TOKEN_BYTES = 16;
        private static final int AES_KEY_DIGITS = 43;

        static Account random(SecureRandom random) {
            byte[] bytes = new byte[TOKEN_BYTES + AES_KEY_DIGITS];
            random.nextBytes(bytes);
            String digits = HexFormat.of().formatHex(bytes);
            return new Account(new Credentials(
                    "warm-up",
                    "wx0000000000000000",
                    List.of(digits.substring(0, TOKEN_BYTES)),
                    List.of(AesKey.parse(digits.substring(TOKEN_BYTES, TOKEN_BYTES + AES_KEY_DIGITS))),
                    Mode.COMPATIBLE,
                    Optional.empty()));
        }

        String token() {
            return credentials.tokens().get(0);
        }
    }

    /**
     * A request as it goes over the wire.
     *
     * @param status of its answer
     */
    record Request(Buffer bytes, int status) {}

    /** The next of the mix. */
    Request next() {
        int kind = turn++ % KINDS;
        last = switch (kind) {
            case 0 -> post(text(), false, true);
            case 1 -> post(event("CLICK"), false, true);
            case 3 -> post(event("VIEW"), false, true);
            case 4 -> post(text(), true, true);
            case 5 -> post(event("CLICK"), true, true);
            case 7 -> post(text(), false, false);
            default -> last;
        };
        return last;
    }

    /** The head of a genuine request and the beginning of its body, or not even the whole head. */
    Buffer unfinished() {
        Buffer whole = post(text(), false, true).bytes();
        return whole.slice(0, turn % 2 == 0 ? whole.length() - MISSING : MISSING);
    }

    /** Whether an answer, whose length stands in its head, has arrived whole. */
    static boolean isWhole(String answer) {
        int head = answer.indexOf("\r\n\r\n");
        String name = "content-length: ";
        int length = answer.indexOf(name);
        if (head < 0 || length < 0 || length > head) {
            return false;
        }
        int begin = length + name.length();
        int bytes = Integer.parseInt(answer, begin, answer.indexOf('\r', begin), 10);
        return answer.length() >= head + 4 + bytes;
    }

    private Request post(String xml, boolean encrypted, boolean genuine) {
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        String nonce = crypto.nonce();
        String signature = genuine ? crypto.sign(account.token(), timestamp, nonce) : "0".repeat(40);
        String query = "signature=" + signature + "&timestamp=" + timestamp + "&nonce=" + nonce + "&openid=" + USER;
        String body = xml;
        if (encrypted) {
            String encrypt = crypto.encrypt(
                    xml.getBytes(StandardCharsets.UTF_8),
                    account.credentials.aesKeys().get(0),
                    account.credentials.appId());
            query += "&encrypt_type=aes&msg_signature=" + crypto.sign(account.token(), timestamp, nonce, encrypt);
            body = "<xml>" + element("ToUserName", "gh_warm") + element("Encrypt", encrypt) + "</xml>";
        }
        return new Request(
                Buffer.buffer("POST " + path + "?" + query + " HTTP/1.1\r\nUser-Agent: Mozilla/4.0\r\nAccept: */*\r\n"
                        + "Host: 127.0.0.1\r\nPragma: no-cache\r\nContent-Length: " + body.length()
                        + "\r\nContent-Type: text/xml\r\n\r\n" + body),
                genuine ? 200 : 403);
    }

    private String text() {
        return push(element("MsgType", "text") + element("Content", "warm up") + "<MsgId>" + NUMBERS.incrementAndGet()
                + "</MsgId>");
    }

    private String event(String event) {
        return push(element("MsgType", "event")
                + element("Event", event)
                + element("EventKey", "K" + NUMBERS.incrementAndGet()));
    }

    private String push(String rest) {
        return "<xml>" + element("ToUserName", "gh_warm") + element("FromUserName", USER) + "<CreateTime>"
                + clock.instant().getEpochSecond() + "</CreateTime>" + rest + "</xml>";
    }

    private static String element(String name, String text) {
        return "<" + name + "><![CDATA[" + text + "]]></" + name + ">";
    }
}
