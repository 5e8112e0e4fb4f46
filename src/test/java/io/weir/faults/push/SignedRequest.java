package io.weir.faults.push;

import io.weir.simulator.push.IndependentCrypto;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A push as it goes over the wire.
 *
 * @param query what stands behind the question mark (push-protocol.md §4)
 * @param body what is posted
 */
public record SignedRequest(String query, String body) {

    /** Signed now, and encrypted where the push is. */
    public static SignedRequest of(Push push) {
        Account account = Account.RIG;
        String timestamp = Long.toString(System.currentTimeMillis() / 1_000);
        String nonce = Long.toString(ThreadLocalRandom.current().nextLong(1_000_000_000L, 10_000_000_000L));
        String query = "signature=" + IndependentCrypto.signature(account.token(), timestamp, nonce) + "&timestamp="
                + timestamp + "&nonce=" + nonce + "&openid=" + push.openId();
        if (!push.encrypted()) {
            return new SignedRequest(query, push.xml());
        }
        String encrypt = IndependentCrypto.encrypt(push.xml(), account.encodingAesKey(), account.appId());
        String signature = IndependentCrypto.signature(account.token(), timestamp, nonce, encrypt);
        String body = push.xml().replace("</xml>", "<Encrypt><![CDATA[" + encrypt + "]]></Encrypt></xml>");
        return new SignedRequest(query + "&encrypt_type=aes&msg_signature=" + signature, body);
    }

    /** The same push with a signature that is none. */
    public SignedRequest forged() {
        return new SignedRequest(query.replaceFirst("signature=....", "signature=0000"), body);
    }
}
