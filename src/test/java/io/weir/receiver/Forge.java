package io.weir.receiver;

import io.weir.wechat.crypto.MessageCrypto;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Makes WeChat's requests for the tests of the push port: good ones, and those that WeChat would never make. */
final class Forge {
    static final long NOW = 1_732_000_000L;
    static final String TOKEN = "gwTokenBlue7";
    static final String APP_ID = "wx0a1b2c3d4e5f6071";
    static final String AES_KEY = "zPlhWagvPdI09Fn8F7Z3xVswlb7QpkgUxl6jGmt43T0";
    static final String ORIGINAL_ID = "gh_5f21c0ffee01";
    static final String CLICK = "<xml><ToUserName><![CDATA[" + ORIGINAL_ID + "]]></ToUserName>"
            + "<FromUserName><![CDATA[oY7hTs2Jk9Lm4Np6Qr8St0Uv2Wx4]]></FromUserName><CreateTime>1731992001</CreateTime>"
            + "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[CLICK]]></Event><EventKey><![CDATA[K]]></EventKey></xml>";

    private static final String NONCE = "604812873";
    private static final MessageCrypto CRYPTO = new MessageCrypto(new SecureRandom()::nextBytes);

    private Forge() {}

    /** Signature, timestamp and nonce of a request that is sent now. */
    static String signed() {
        return signed(TOKEN, NOW);
    }

    static String signed(String token, long timestamp) {
        return "signature=" + signature(token, timestamp) + "&timestamp=" + timestamp + "&nonce=" + NONCE;
    }

    /** The same with a nonce that no other request has, as WeChat gives to each push. */
    static String signedAnew() {
        String nonce = CRYPTO.nonce();
        return "signature=" + CRYPTO.sign(TOKEN, Long.toString(NOW), nonce) + "&timestamp=" + NOW + "&nonce=" + nonce;
    }

    static String signature(String token, long timestamp) {
        return CRYPTO.sign(token, Long.toString(timestamp), NONCE);
    }

    /** The query of a request with this {@code Encrypt}. */
    static String sealed(String encrypt) {
        return signed() + "&encrypt_type=aes&msg_signature=" + msgSignature(encrypt);
    }

    static String msgSignature(String encrypt) {
        return CRYPTO.sign(TOKEN, Long.toString(NOW), NONCE, encrypt);
    }

    static String envelope(String encrypt) {
        return "<xml><ToUserName><![CDATA[" + ORIGINAL_ID + "]]></ToUserName><Encrypt><![CDATA[" + encrypt
                + "]]></Encrypt></xml>";
    }

    /** A message as WeChat encrypts it. */
    static String encrypt(String message) {
        return encrypt(message.getBytes(StandardCharsets.UTF_8), APP_ID);
    }

    static String encrypt(byte[] message, String appId) {
        return encrypt(padded(block(message, message.length, appId), 0));
    }

    /** A message whose length field says something else. */
    static String encryptWithLength(String message, int length) {
        return encrypt(padded(block(message.getBytes(StandardCharsets.UTF_8), length, APP_ID), 0));
    }

    /** A message whose last byte of padding is wrong. */
    static String encryptWithPadding(String message, int lastByte) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        return encrypt(padded(block(bytes, bytes.length, APP_ID), lastByte));
    }

    private static byte[] block(byte[] message, int length, String appId) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes("0123456789abcdef".getBytes(StandardCharsets.UTF_8));
        block.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
        block.writeBytes(message);
        block.writeBytes(appId.getBytes(StandardCharsets.UTF_8));
        return block.toByteArray();
    }

    private static byte[] padded(byte[] block, int lastByte) {
        int pad = 32 - block.length % 32;
        byte[] padded = Arrays.copyOf(block, block.length + pad);
        Arrays.fill(padded, block.length, padded.length, (byte) pad);
        if (lastByte != 0) {
            padded[padded.length - 1] = (byte) lastByte;
        }
        return padded;
    }

    private static String encrypt(byte[] padded) {
        byte[] key = Base64.getDecoder().decode(AES_KEY + "=");
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(Arrays.copyOf(key, 16)));
            return Base64.getEncoder().encodeToString(cipher.doFinal(padded));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] get(String path, String query) {
        return utf8("GET " + path + "?" + query + " HTTP/1.1\r\nHost: wx.example.com\r\n\r\n");
    }

    static byte[] post(String path, String query, String body) {
        return post(path, query, utf8(body));
    }

    static byte[] post(String path, String query, byte[] body) {
        return post(path, query, "Content-Type: text/xml\r\nContent-Length: " + body.length + "\r\n", body);
    }

    static byte[] post(String path, String query, String headers, byte[] body) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(
                utf8("POST " + path + "?" + query + " HTTP/1.1\r\nHost: wx.example.com\r\n" + headers + "\r\n"));
        request.writeBytes(body);
        return request.toByteArray();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
