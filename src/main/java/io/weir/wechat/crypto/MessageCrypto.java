package io.weir.wechat.crypto;

import io.weir.wechat.crypto.CryptoException.Step;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Consumer;
import javax.crypto.Cipher;

/**
 * Signs, verifies, encrypts and decrypts as WeChat does (push-protocol.md §3, encryption.md §2–5).
 *
 * <p>Holds a digest and ciphers, which are costly to make: one instance per event loop, never shared between threads.
 */
public final class MessageCrypto {
    private static final int RANDOM_BYTES = 16;
    private static final int HEAD_BYTES = RANDOM_BYTES + 4;
    private static final int PAD_BLOCK = 32;
    private static final int AES_BLOCK = 16;

    private final MessageDigest sha1;
    private final Cipher cipher;
    private final Consumer<byte[]> random;

    /** @param random fills an array with bytes from a secure generator; tests put the vectors' bytes here */
    public MessageCrypto(Consumer<byte[]> random) {
        this.random = random;
        try {
            this.sha1 = MessageDigest.getInstance("SHA-1");
            this.cipher = Cipher.getInstance("AES/CBC/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-1 or AES", e);
        }
    }

    /**
     * The signature over token, timestamp, nonce and, for {@code msg_signature}, the Encrypt text: lower-case hex SHA-1
     * of their byte-wise sorted concatenation.
     */
    public String sign(String... parts) {
        String[] sorted = parts.clone();
        Arrays.sort(sorted);
        for (String part : sorted) {
            sha1.update(part.getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(sha1.digest());
    }

    /** Whether {@code signature} is the one over {@code parts}; takes the same time wherever they differ. */
    public boolean verify(String signature, String... parts) {
        byte[] right = sign(parts).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Decrypts the text of an Encrypt element whose msg_signature has been verified.
     *
     * @param encrypt standard Base64 without line breaks; white space around it is ignored
     * @param appId the AppId that must follow the message, exactly
     * @return the bytes of the message, not checked to be UTF-8
     * @throws CryptoException naming the step that failed; padding is read strictly (all pad bytes equal, 1 to 32)
     */
    public byte[] decrypt(String encrypt, AesKey key, String appId) throws CryptoException {
        byte[] padded = decipher(decodeBase64(encrypt.strip()), key);
        int end = padded.length - padLength(padded);
        if (end < HEAD_BYTES) {
            throw new CryptoException(Step.LENGTH);
        }
        long messageBytes = Integer.toUnsignedLong(ByteBuffer.wrap(padded).getInt(RANDOM_BYTES));
        if (messageBytes > end - HEAD_BYTES) {
            throw new CryptoException(Step.LENGTH);
        }
        int messageEnd = HEAD_BYTES + (int) messageBytes;
        byte[] receiver = Arrays.copyOfRange(padded, messageEnd, end);
        if (!MessageDigest.isEqual(receiver, appId.getBytes(StandardCharsets.UTF_8))) {
            throw new CryptoException(Step.APPID);
        }
        return Arrays.copyOfRange(padded, HEAD_BYTES, messageEnd);
    }

    /** Encrypts a message as the text of an Encrypt element, with 16 fresh random bytes in front. */
    public String encrypt(byte[] message, AesKey key, String appId) {
        byte[] receiver = appId.getBytes(StandardCharsets.UTF_8);
        int unpadded = HEAD_BYTES + message.length + receiver.length;
        int pad = PAD_BLOCK - unpadded % PAD_BLOCK;
        byte[] prefix = new byte[RANDOM_BYTES];
        random.accept(prefix);
        byte[] plain = ByteBuffer.allocate(unpadded + pad)
                .put(prefix)
                .putInt(message.length)
                .put(message)
                .put(receiver)
                .array();
        Arrays.fill(plain, unpadded, plain.length, (byte) pad);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key.key(), key.iv());
            return Base64.getEncoder().encodeToString(cipher.doFinal(plain));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-CBC of whole blocks cannot fail", e);
        }
    }

    /** A nonce for a signature of our own: random decimal digits, as WeChat's are. */
    public String nonce() {
        byte[] bytes = new byte[4];
        random.accept(bytes);
        return Integer.toUnsignedString(ByteBuffer.wrap(bytes).getInt());
    }

    private static byte[] decodeBase64(String encrypt) throws CryptoException {
        if (encrypt.isEmpty() || encrypt.length() % 4 != 0) {
            throw new CryptoException(Step.BASE64);
        }
        try {
            return Base64.getDecoder().decode(encrypt);
        } catch (IllegalArgumentException e) {
            throw new CryptoException(Step.BASE64);
        }
    }

    private byte[] decipher(byte[] encrypted, AesKey key) throws CryptoException {
        if (encrypted.length == 0 || encrypted.length % AES_BLOCK != 0) {
            throw new CryptoException(Step.AES);
        }
        try {
            cipher.init(Cipher.DECRYPT_MODE, key.key(), key.iv());
            return cipher.doFinal(encrypted);
        } catch (GeneralSecurityException e) {
            throw new CryptoException(Step.AES);
        }
    }

    /** Number of pad bytes; the platform always pads to 32 bytes, with 1 to 32 bytes of that value. */
    private static int padLength(byte[] padded) throws CryptoException {
        int pad = padded[padded.length - 1] & 0xFF;
        if (padded.length % PAD_BLOCK != 0 || pad < 1 || pad > PAD_BLOCK) {
            throw new CryptoException(Step.PADDING);
        }
        int difference = 0;
        for (int i = padded.length - pad; i < padded.length; i++) {
            difference |= padded[i] ^ pad;
        }
        if (difference != 0) {
            throw new CryptoException(Step.PADDING);
        }
        return pad;
    }
}
