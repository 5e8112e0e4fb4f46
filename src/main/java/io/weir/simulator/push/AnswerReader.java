package io.weir.simulator.push;

import io.weir.wechat.crypto.CryptoException;
import io.weir.wechat.crypto.MessageCrypto;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the answer to a push as the platform does: status, envelope, then the reply. One thread at a time. */
final class AnswerReader {
    private final MessageCrypto crypto;

    AnswerReader(MessageCrypto crypto) {
        this.crypto = crypto;
    }

    AnswerReading read(SimulatedPush push, SimulatedAccount account, int status, byte[] body) {
        String raw = new String(body, StandardCharsets.UTF_8);
        if (status != 200) {
            return new AnswerReading("unusable", false, raw, DeliveryVerdict.fault(meaning(status)));
        }
        if (raw.isEmpty() || raw.equals("success")) {
            return new AnswerReading(raw.isEmpty() ? "empty" : raw, false, raw, DeliveryVerdict.nothing(""));
        }
        try {
            return read(push, account, strictUtf8(body));
        } catch (FaultException e) {
            return new AnswerReading("unusable", false, raw, DeliveryVerdict.fault(e.why()));
        }
    }

    private AnswerReading read(SimulatedPush push, SimulatedAccount account, String text) throws FaultException {
        List<Element> elements = AnswerXml.parse(text);
        boolean encrypted = Elements.find(elements, "Encrypt").isPresent();
        if (account.mode() == PushMode.SAFE && !encrypted) {
            throw new FaultException("the reply is not encrypted, but the account is in safe mode");
        }
        if (account.mode() == PushMode.PLAINTEXT && encrypted) {
            throw new FaultException("the reply is encrypted, but the account is in plaintext mode");
        }
        String clear = encrypted ? decrypt(elements, account) : text;
        try {
            List<Element> reply = encrypted ? AnswerXml.parse(clear) : elements;
            DeliveryVerdict verdict = AnswerReplyReader.judge(push, reply);
            return new AnswerReading(AnswerReplyReader.kind(reply), encrypted, clear, verdict);
        } catch (FaultException e) {
            return new AnswerReading("unusable", encrypted, clear, DeliveryVerdict.fault(e.why()));
        }
    }

    private String decrypt(List<Element> envelope, SimulatedAccount account) throws FaultException {
        String encrypt = AnswerReplyReader.single(envelope, "Encrypt");
        String signature = AnswerReplyReader.single(envelope, "MsgSignature");
        String timestamp = AnswerReplyReader.single(envelope, "TimeStamp");
        String nonce = AnswerReplyReader.single(envelope, "Nonce");
        if (!crypto.verify(signature, account.token(), timestamp, nonce, encrypt)) {
            throw new FaultException(
                    "MsgSignature of the encrypted reply is wrong: another token, or signed over other values");
        }
        try {
            return strictUtf8(crypto.decrypt(encrypt, account.key(), account.appId()));
        } catch (CryptoException e) {
            throw new FaultException(
                    "the encrypted reply cannot be decrypted (" + e.step() + "): another AES key or AppId");
        }
    }

    private static String strictUtf8(byte[] bytes) throws FaultException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new FaultException("the answer is not UTF-8");
        }
    }

    private static String meaning(int status) {
        return switch (status) {
            case 403 -> "403: the gateway refused the push";
            case 404 -> "404: nothing takes pushes at this path";
            default -> "HTTP status " + status + " instead of 200";
        };
    }
}
