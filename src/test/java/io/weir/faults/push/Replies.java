package io.weir.faults.push;

import io.weir.simulator.push.IndependentCrypto;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the gateway answers, as WeChat would. */
final class Replies {
    private static final Pattern ENVELOPE = Pattern.compile(
            "<xml><Encrypt><!\\[CDATA\\[(.+?)]]></Encrypt><MsgSignature><!\\[CDATA\\[(.+?)]]></MsgSignature>"
                    + "<TimeStamp>(\\d+)</TimeStamp><Nonce><!\\[CDATA\\[(.+?)]]></Nonce></xml>");

    private Replies() {}

    /**
     * The reply in clear.
     *
     * @throws IllegalArgumentException when WeChat would show the fault notice
     */
    static String plaintext(Push push, String body) {
        if (body.isEmpty() || body.equals("success")) {
            return body;
        }
        String plaintext = push.encrypted() ? decrypted(body) : body;
        if (!plaintext.contains("<ToUserName><![CDATA[" + push.openId() + "]]></ToUserName>")) {
            throw new IllegalArgumentException("a reply to somebody else: " + plaintext);
        }
        if (!plaintext.contains("answer to " + push.id() + " ")) {
            throw new IllegalArgumentException("a reply to another push than " + push.id() + ": " + plaintext);
        }
        return plaintext;
    }

    private static String decrypted(String body) {
        Matcher envelope = ENVELOPE.matcher(body);
        if (!envelope.matches()) {
            throw new IllegalArgumentException("not an encrypted reply: " + body);
        }
        Account account = Account.RIG;
        String encrypt = envelope.group(1);
        String signature = IndependentCrypto.signature(account.token(), envelope.group(3), envelope.group(4), encrypt);
        if (!signature.equals(envelope.group(2))) {
            throw new IllegalArgumentException("an encrypted reply with a wrong signature");
        }
        return IndependentCrypto.decrypt(encrypt, account.encodingAesKey(), account.appId());
    }
}
