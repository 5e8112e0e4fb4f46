package io.weir.bench;

import io.weir.wechat.crypto.AesKey;
import io.weir.wechat.crypto.CryptoException;
import io.weir.wechat.crypto.MessageCrypto;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether an answer is the right one to its push. */
@FunctionalInterface
interface AnswerCheck {
    /** What is wrong with the answer; empty when nothing is. */
    Optional<String> problem(Push push, HttpAnswer answer);

    /** Any answer that is exactly this. */
    static AnswerCheck constant(String body) {
        return (push, answer) ->
                wrongUnless(answer.status() == 200 && answer.body().equals(body), push, answer);
    }

    /** The reply of the button's rule to the user who tapped it. */
    static AnswerCheck reply() {
        return (push, answer) -> wrongUnless(answer.status() == 200 && isReply(push, answer.body()), push, answer);
    }

    /** The same, encrypted and signed. One thread at a time. */
    static AnswerCheck encryptedReply() {
        MessageCrypto crypto = new MessageCrypto(bytes -> {});
        AesKey key = Account.aesKey();
        return (push, answer) ->
                wrongUnless(answer.status() == 200 && isReply(push, open(crypto, key, answer.body())), push, answer);
    }

    private static Optional<String> wrongUnless(boolean right, Push push, HttpAnswer answer) {
        return right
                ? Optional.empty()
                : Optional.of("wrong answer to " + push.key() + " of " + push.openId() + ": " + answer.status() + " "
                        + answer.body());
    }

    private static boolean isReply(Push push, String xml) {
        return xml.contains(text("ToUserName", push.openId()))
                && xml.contains(text("FromUserName", Account.ORIGINAL_ID))
                && xml.contains(text("MsgType", "text"))
                && xml.contains(text("Content", Account.answer(push.key())));
    }

    private static String text(String name, String value) {
        return "<" + name + "><![CDATA[" + value + "]]></" + name + ">";
    }

    /** The plaintext of an encrypted answer, nothing when it is not genuine. */
    private static String open(MessageCrypto crypto, AesKey key, String envelope) {
        String encrypt = element(envelope, "Encrypt");
        String timestamp = element(envelope, "TimeStamp");
        String nonce = element(envelope, "Nonce");
        if (!crypto.verify(element(envelope, "MsgSignature"), Account.TOKEN, timestamp, nonce, encrypt)) {
            return "";
        }
        try {
            return new String(crypto.decrypt(encrypt, key, Account.APP_ID), StandardCharsets.UTF_8);
        } catch (CryptoException notGenuine) {
            return "";
        }
    }

    private static String element(String xml, String name) {
        Matcher found =
                Pattern.compile("<" + name + ">(?:<!\\[CDATA\\[)?([^<\\]]*)").matcher(xml);
        return found.find() ? found.group(1) : "";
    }
}
