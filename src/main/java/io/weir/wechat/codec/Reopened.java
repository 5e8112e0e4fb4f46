package io.weir.wechat.codec;

import io.weir.wechat.codec.Refusal.Cause;
import io.weir.wechat.crypto.AesKey;
import io.weir.wechat.crypto.CryptoException;
import io.weir.wechat.crypto.MessageCrypto;
import io.weir.wechat.message.NotAPushException;
import io.weir.wechat.message.PushReader;
import io.weir.wechat.xml.XmlElement;
import io.weir.wechat.xml.XmlException;
import io.weir.wechat.xml.XmlReader;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A request as somebody looks at it later: read again from its bytes, so that nothing need be kept for it.
 *
 * @param outer the body's root; empty where it is not XML
 * @param decrypted what was encrypted in it, as it came; empty where nothing was, or the door had refused to decrypt it
 * @param inner the root of what was encrypted; empty where that is not XML
 */
public record Reopened(Optional<XmlElement> outer, Optional<String> decrypted, Optional<XmlElement> inner) {
    /** What the door finds wrong when it has decrypted. */
    private static final Set<Cause> BEHIND_DECRYPTION =
            EnumSet.of(Cause.XML, Cause.FORM, Cause.TO_USER_NAME, Cause.REPLAY);

    /**
     * Reads a request again.
     *
     * @param account what it was checked against when it came
     * @param refusal why the door refused it, if it did: what it had not decrypted then is not decrypted now
     */
    public static Reopened of(Credentials account, byte[] body, Optional<Cause> refusal) {
        Optional<XmlElement> outer = read(body);
        Optional<byte[]> message =
                refusal.filter(cause -> !BEHIND_DECRYPTION.contains(cause)).isPresent()
                        ? Optional.empty()
                        : outer.filter(Reopened::hasForm)
                                .flatMap(root -> root.child("Encrypt"))
                                .flatMap(encrypt -> decrypt(account, encrypt.text()));
        return new Reopened(
                outer,
                message.map(bytes -> new String(bytes, StandardCharsets.UTF_8)),
                message.flatMap(Reopened::read));
    }

    /** What the push was read from; empty where it was not read. */
    public Optional<XmlElement> push() {
        return decrypted.isPresent() ? inner : outer;
    }

    /** Whether the body itself looks like a push or an envelope. */
    boolean isOuterOfForm() {
        return outer.filter(Reopened::hasForm).isPresent();
    }

    private static Optional<byte[]> decrypt(Credentials account, String encrypt) {
        MessageCrypto crypto = new MessageCrypto(unused -> {});
        for (AesKey key : account.aesKeys()) {
            try {
                return Optional.of(crypto.decrypt(encrypt, key, account.appId()));
            } catch (CryptoException e) {
                // The next key, then.
            }
        }
        return Optional.empty();
    }

    private static Optional<XmlElement> read(byte[] bytes) {
        try {
            return bytes.length == 0
                    ? Optional.empty()
                    : Optional.of(XmlReader.read(bytes).root());
        } catch (XmlException e) {
            return Optional.empty();
        }
    }

    private static boolean hasForm(XmlElement root) {
        try {
            PushReader.checkForm(root);
            return true;
        } catch (NotAPushException e) {
            return false;
        }
    }
}
