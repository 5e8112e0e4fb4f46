package io.weir.simulator.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** WeChat's signature and encryption computed a second time, straight from encryption.md, to compare with. */
public final class IndependentCrypto {
    private IndependentCrypto() {}

    public static String signature(String... parts) {
        TreeMap<String, Integer> sorted = new TreeMap<>();
        for (String part : parts) {
            sorted.merge(part, 1, Integer::sum);
        }
        StringBuilder joined = new StringBuilder();
        sorted.forEach((part, times) -> joined.append(part.repeat(times)));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest(joined.toString().getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static String encrypt(String message, String encodingAesKey, String appId) {
        byte[] text = message.getBytes(UTF_8);
        byte[] receiver = appId.getBytes(UTF_8);
        int length = 20 + text.length + receiver.length;
        int pad = 32 - length % 32;
        ByteBuffer plain = ByteBuffer.allocate(length + pad);
        plain.put("0123456789abcdef".getBytes(UTF_8))
                .putInt(text.length)
                .put(text)
                .put(receiver);
        while (plain.hasRemaining()) {
            plain.put((byte) pad);
        }
        return Base64.getEncoder().encodeToString(aes(Cipher.ENCRYPT_MODE, plain.array(), encodingAesKey));
    }

    public static String decrypt(String encrypt, String encodingAesKey, String appId) {
        byte[] plain = aes(Cipher.DECRYPT_MODE, Base64.getDecoder().decode(encrypt), encodingAesKey);
        int length = ByteBuffer.wrap(plain).getInt(16);
        int end = plain.length - plain[plain.length - 1];
        String receiver = new String(Arrays.copyOfRange(plain, 20 + length, end), UTF_8);
        if (!receiver.equals(appId)) {
            throw new AssertionError("AppId " + receiver);
        }
        return new String(plain, 20, length, UTF_8);
    }

    static String envelope(String message, String token, String encodingAesKey, String appId) {
        String encrypt = encrypt(message, encodingAesKey, appId);
        String signature = signature(token, "1790000009", "604812873", encrypt);
        return "<xml><Encrypt><![CDATA[" + encrypt + "]]></Encrypt><MsgSignature><![CDATA[" + signature
                + "]]></MsgSignature><TimeStamp>1790000009</TimeStamp><Nonce><![CDATA[604812873]]></Nonce></xml>";
    }

    private static byte[] aes(int mode, byte[] input, String encodingAesKey) {
        byte[] key = Base64.getDecoder().decode(encodingAesKey + "=");
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(key, 0, 16));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
