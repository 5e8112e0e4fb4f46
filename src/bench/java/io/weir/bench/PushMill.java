package io.weir.bench;

import io.weir.wechat.crypto.AesKey;
import io.weir.wechat.crypto.MessageCrypto;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes pushes ahead of a measurement: taps on the menu, each by another user, signed with a nonce of its own and, for
 * safe mode, encrypted. Not thread-safe.
 */
final class PushMill {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int RANDOM_LETTERS = 18;
    /** Nonces do not repeat: at tens of thousands a second random ones would, and a gateway refuses that. */
    private static final long FIRST_NONCE = 1_000_000_000;

    private final MessageCrypto crypto = new MessageCrypto(new SecureRandom()::nextBytes);
    private final AesKey aesKey = Account.aesKey();
    private final Traffic traffic;
    private final int port;
    private long made;

    /**
     * @param traffic what they are
     * @param port of the server on loopback
     */
    PushMill(Traffic traffic, int port) {
        this.traffic = traffic;
        this.port = port;
    }

    /** That many pushes, of now. */
    List<Push> make(int count) {
        String now = Long.toString(Instant.now().getEpochSecond());
        List<Push> pushes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            pushes.add(push(now));
        }
        return pushes;
    }

    private Push push(String now) {
        String openId = openId();
        String key = traffic.key(made);
        String nonce = Long.toString(FIRST_NONCE + made);
        String xml = click(openId, key, now);
        String query = "?signature=" + crypto.sign(Account.TOKEN, now, nonce) + "&timestamp=" + now + "&nonce=" + nonce
                + "&openid=" + openId;
        String body = xml;
        if (traffic.encrypted()) {
            String encrypt = crypto.encrypt(xml.getBytes(StandardCharsets.UTF_8), aesKey, Account.APP_ID);
            query += "&encrypt_type=aes&msg_signature=" + crypto.sign(Account.TOKEN, now, nonce, encrypt);
            body = "<xml>\n" + text("ToUserName", Account.ORIGINAL_ID) + text("Encrypt", encrypt) + "</xml>";
        }
        String request = request(traffic.path(made), query, body);
        made++;
        return new Push(openId, key, request);
    }

    /** As long as WeChat's, 28 characters; the number in it makes it unique within a run, the rest between runs. */
    private String openId() {
        StringBuilder openId = new StringBuilder(28).append('o').append(String.format("%09d", made));
        for (int i = 0; i < RANDOM_LETTERS; i++) {
            openId.append(LETTERS.charAt(ThreadLocalRandom.current().nextInt(LETTERS.length())));
        }
        return openId.toString();
    }

    private static String click(String openId, String key, String now) {
        return "<xml>" + text("ToUserName", Account.ORIGINAL_ID) + text("FromUserName", openId) + "<CreateTime>" + now
                + "</CreateTime>\n" + text("MsgType", "event") + text("Event", "CLICK") + text("EventKey", key)
                + "</xml>";
    }

    private static String text(String name, String value) {
        return "<" + name + "><![CDATA[" + value + "]]></" + name + ">\n";
    }

    private String request(String path, String query, String body) {
        // All of it is ASCII. The headers are those that WeChat sends.
        String head = "POST " + path + query
                + " HTTP/1.1\r\nUser-Agent: Mozilla/4.0\r\nAccept: */*\r\nHost: 127.0.0.1:"
                + port + "\r\nPragma: no-cache\r\nContent-Type: text/xml\r\nContent-Length: " + body.length()
                + "\r\n\r\n";
        return head + body;
    }
}
