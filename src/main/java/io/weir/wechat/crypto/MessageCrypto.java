package io.weir.wechat.crypto;

import io.weir.wechat.crypto.CryptoException.Step;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Consumer;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

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
    private static final int SHA1_BYTES = 20;

    private final MessageDigest sha1;
    private final BlockCipher decryption = new BlockCipher(Cipher.DECRYPT_MODE);
    private final BlockCipher encryption = new BlockCipher(Cipher.ENCRYPT_MODE);
    private final Consumer<byte[]> random;
    private final DigestInput text = new DigestInput(1_024);
    private final byte[] hash = new byte[SHA1_BYTES];
    private final byte[] prefix = new byte[RANDOM_BYTES];
    private final byte[] nonce = new byte[Integer.BYTES];
    private byte[] blocks = new byte[1_024];

    /** @param random fills an array with bytes from a secure generator; tests put the vectors' bytes here */
    public MessageCrypto(Consumer<byte[]> random) {
        this.random = random;
        try {
            this.sha1 = MessageDigest.getInstance("SHA-1");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-1", e);
        }
    }

    /**
     * The signature over token, timestamp, nonce and, for {@code msg_signature}, the Encrypt text: lower-case hex SHA-1
     * of their byte-wise sorted concatenation.
     */
    public String sign(String... parts) {
        digest(parts.clone());
        return HexFormat.of().formatHex(hash);
    }

    /** Whether {@code signature} is the one over {@code parts}; takes the same time wherever they differ. */
    public boolean verify(String signature, String... parts) {
        digest(parts.clone());
        if (signature.length() != 2 * SHA1_BYTES) {
            return false;
        }
        int difference = 0;
        for (int i = 0; i < SHA1_BYTES; i++) {
            difference |= signature.charAt(2 * i) ^ hexDigit((hash[i] >> 4) & 0xF);
            difference |= signature.charAt(2 * i + 1) ^ hexDigit(hash[i] & 0xF);
        }
        return difference == 0;
    }

    /** Without a branch or a table, so that its time tells nothing of the digit. */
    private static int hexDigit(int value) {
        return '0' + value + (((9 - value) >> 31) & ('a' - '0' - 10));
    }

    private void digest(String[] parts) {
        Arrays.sort(parts);
        text.clear();
        for (String part : parts) {
            text.text(part);
        }
        sha1.update(text.array(), 0, text.length());
        try {
            sha1.digest(hash, 0, SHA1_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-1 has " + SHA1_BYTES + " bytes", e);
        }
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
        int length = decipher(decodeBase64(encrypt.strip()), key);
        byte[] padded = blocks;
        int end = length - padLength(padded, length);
        if (end < HEAD_BYTES) {
            throw new CryptoException(Step.LENGTH);
        }
        long messageBytes = Integer.toUnsignedLong(ByteBuffer.wrap(padded).getInt(RANDOM_BYTES));
        if (messageBytes > end - HEAD_BYTES) {
            throw new CryptoException(Step.LENGTH);
        }
        int messageEnd = HEAD_BYTES + (int) messageBytes;
        text.clear();
        text.text(appId);
        int difference = (end - messageEnd) ^ text.length();
        for (int i = 0; i < text.length() && messageEnd + i < end; i++) {
            difference |= padded[messageEnd + i] ^ text.array()[i];
        }
        if (difference != 0) {
            throw new CryptoException(Step.APPID);
        }
        return Arrays.copyOfRange(padded, HEAD_BYTES, messageEnd);
    }

    /** Encrypts a message as the text of an Encrypt element, with 16 fresh random bytes in front. */
    public String encrypt(byte[] message, AesKey key, String appId) {
        text.clear();
        text.text(appId);
        int unpadded = HEAD_BYTES + message.length + text.length();
        int pad = PAD_BLOCK - unpadded % PAD_BLOCK;
        random.accept(prefix);
        byte[] plain = new byte[unpadded + pad];
        ByteBuffer.wrap(plain).put(prefix).putInt(message.length).put(message).put(text.array(), 0, text.length());
        Arrays.fill(prefix, (byte) 0);
        Arrays.fill(plain, unpadded, plain.length, (byte) pad);
        try {
            encryption.apply(plain, plain.length, key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-CBC of whole blocks cannot fail", e);
        }
        reserve(4 * ((plain.length + 2) / 3));
        int length = Base64.getEncoder().encode(plain, blocks);
        return new String(blocks, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** A nonce for a signature of our own: random decimal digits, as WeChat's are. */
    public String nonce() {
        random.accept(nonce);
        return Integer.toUnsignedString(ByteBuffer.wrap(nonce).getInt());
    }

    /** Decodes into {@link #blocks}; how many bytes. */
    private int decodeBase64(String encrypt) throws CryptoException {
        if (encrypt.isEmpty() || encrypt.length() % 4 != 0) {
            throw new CryptoException(Step.BASE64);
        }
        reserve(encrypt.length() / 4 * 3);
        try {
            return Base64.getDecoder().decode(encrypt.getBytes(StandardCharsets.ISO_8859_1), blocks);
        } catch (IllegalArgumentException e) {
            throw new CryptoException(Step.BASE64);
        }
    }

    /** Decrypts {@link #blocks} in place; how many bytes. */
    private int decipher(int length, AesKey key) throws CryptoException {
        if (length == 0 || length % AES_BLOCK != 0) {
            throw new CryptoException(Step.AES);
        }
        try {
            decryption.apply(blocks, length, key);
            return length;
        } catch (GeneralSecurityException e) {
            throw new CryptoException(Step.AES);
        }
    }

    private void reserve(int length) {
        if (blocks.length < length) {
            blocks = new byte[2 * length];
        }
    }

    /** Number of pad bytes; the platform always pads to 32 bytes, with 1 to 32 bytes of that value. */
    private static int padLength(byte[] padded, int length) throws CryptoException {
        int pad = padded[length - 1] & 0xFF;
        if (length % PAD_BLOCK != 0 || pad < 1 || pad > PAD_BLOCK) {
            throw new CryptoException(Step.PADDING);
        }
        int difference = 0;
        for (int i = length - pad; i < length; i++) {
            difference |= padded[i] ^ pad;
        }
        if (difference != 0) {
            throw new CryptoException(Step.PADDING);
        }
        return pad;
    }

    /** AES in one direction; with the key of last time it is not set up again, which costs more than to run it. */
    private static final class BlockCipher {
        private final int mode;
        private final Cipher cipher;
        private @Nullable AesKey current;

        BlockCipher(int mode) {
            this.mode = mode;
            try {
                this.cipher = Cipher.getInstance("AES/CBC/NoPadding");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java runtime lacks AES", e);
            }
        }

        /** Replaces the first bytes, whole blocks. */
        void apply(byte[] blocks, int length, AesKey key) throws GeneralSecurityException {
            if (current == null || !current.equals(key)) {
                current = null;
                cipher.init(mode, key.key(), key.iv());
            }
            // Set again only when all has gone well: doFinal then leaves the cipher as init does.
            current = null;
            cipher.doFinal(blocks, 0, length, blocks, 0);
            current = key;
        }
    }
}
