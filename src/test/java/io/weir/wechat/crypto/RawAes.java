package io.weir.wechat.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/** AES-256-CBC with WeChat's IV and nothing else: no padding, no head, no AppId. */
final class RawAes {
    private RawAes() {}

    static byte[] encrypt(byte[] wholeBlocks, AesKey key) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key.key(), key.iv());
            return cipher.doFinal(wholeBlocks);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
