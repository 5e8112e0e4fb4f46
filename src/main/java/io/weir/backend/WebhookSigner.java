package io.weir.backend;

import io.weir.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests as Standard Webhooks says (alarms-and-formats.md): HMAC-SHA256 over id, timestamp and body, once with each secret,
 * of which there are two during a rotation. Holds a {@link Mac}: one instance per event loop.
 */
final class WebhookSigner {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_BYTES = 24;
    private static final int MAX_BYTES = 64;

    private final List<Mac> macs;

    /** @param secrets each as {@link #isSecret} wants it */
    WebhookSigner(List<Secret> secrets) {
        this.macs = secrets.stream().map(WebhookSigner::mac).toList();
    }

    /** Whether it is {@code whsec_} and the Base64 of 24 to 64 bytes. */
    static boolean isSecret(Secret secret) {
        String text = secret.reveal();
        try {
            int bytes = text.startsWith(PREFIX) ? key(secret).length : 0;
            return bytes >= MIN_BYTES && bytes <= MAX_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** The value of header {@code webhook-signature}. */
    String sign(String id, long timestamp, byte[] body) {
        byte[] head = (id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8);
        StringJoiner signatures = new StringJoiner(" ");
        for (Mac mac : macs) {
            mac.update(head);
            signatures.add("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body)));
        }
        return signatures.toString();
    }

    private static Mac mac(Secret secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key(secret), ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks " + ALGORITHM, e);
        }
    }

    private static byte[] key(Secret secret) {
        return Base64.getDecoder().decode(secret.reveal().substring(PREFIX.length()));
    }
}
