package io.weir.wechat.codec;

import io.weir.wechat.codec.Protection.Form;
import io.weir.wechat.codec.Refusal.Cause;
import io.weir.wechat.crypto.AesKey;
import io.weir.wechat.crypto.CryptoException;
import io.weir.wechat.crypto.MessageCrypto;
import io.weir.wechat.message.NotAPushException;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushDocument;
import io.weir.wechat.message.PushId;
import io.weir.wechat.message.PushIdDigest;
import io.weir.wechat.message.PushReader;
import io.weir.wechat.message.ReplyWriter;
import io.weir.wechat.xml.XmlDocument;
import io.weir.wechat.xml.XmlElement;
import io.weir.wechat.xml.XmlException;
import io.weir.wechat.xml.XmlReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens what WeChat sends and closes what goes back. {@link #check} judges what needs only the query (timestamp, signature,
 * mode), before a byte of the body is stored; {@link #read} judges the body (for an encrypted push msg_signature,
 * decryption, AppId, and for all the XML and ToUserName).
 *
 * <p>Holds a {@link MessageCrypto}: one instance per event loop, never shared between threads.
 */
public final class PushCodec {
    private static final ReplayKey NO_KEY = new ReplayKey(0, 0, 0, false);
    private static final int MAX_TIMESTAMP_DIGITS = 15;
    private static final int MAX_BLANKS = 64;

    private final XmlReader xml = new XmlReader();
    private final PushIdDigest ids = new PushIdDigest();
    private final MessageCrypto crypto;
    private final Duration timestampWindow;
    private final @Nullable PushExplanation explanation;

    /** @param timestampWindow how far a request's timestamp may be from now, in both directions */
    public PushCodec(MessageCrypto crypto, Duration timestampWindow) {
        this(crypto, timestampWindow, null);
    }

    /** @param explanation is told of each check; null where nobody wants to know */
    PushCodec(MessageCrypto crypto, Duration timestampWindow, @Nullable PushExplanation explanation) {
        this.crypto = crypto;
        this.timestampWindow = timestampWindow;
        this.explanation = explanation;
    }

    private void passed(Cause check) {
        if (explanation != null) {
            explanation.passed(check);
        }
    }

    /**
     * The time at which a request is checked. A timestamp that one of the two accepts is accepted.
     *
     * @param shared the time of all instances: Redis's, where there is a Redis
     * @param machine the time of this machine
     */
    public record Now(Instant shared, Instant machine) {
        /** One time for both. */
        public static Now of(Instant instant) {
            return new Now(instant, instant);
        }
    }

    /**
     * The query of a push that has passed {@link #check}.
     *
     * @param token the position of the Token that signed it, from 1
     * @param aes whether it says that the body is encrypted
     */
    public record SignedQuery(Credentials account, PushQuery query, int token, boolean aes) {}

    /**
     * Checks the verification of the URL, which is in clear text in all modes (push-protocol.md §2).
     *
     * @return what to echo
     */
    public Verification verifyUrl(Credentials account, PushQuery query, Now now) throws Refusal {
        signingToken(account, query, now);
        return query.echostr()
                .filter(echo -> !echo.isEmpty())
                .map(echo -> new Verification(echo, ReplayKey.ofVerification(account.account(), query)))
                .orElseThrow(() -> new Refusal(Cause.QUERY, "parameter echostr is missing"));
    }

    /**
     * The genuine verification of a URL.
     *
     * @param echo the text to echo
     * @param key tells the request from every other
     */
    public record Verification(String echo, ReplayKey key) {}

    /**
     * Checks all of a push that needs no body.
     *
     * @throws Refusal when the push is not genuine, whatever its body will be
     */
    public SignedQuery check(Credentials account, PushQuery query, Now now) throws Refusal {
        int token = signingToken(account, query, now);
        boolean encrypted = isEncrypted(account, query);
        passed(Cause.MODE);
        return new SignedQuery(account, query, token, encrypted);
    }

    /**
     * Reads the body of a push.
     *
     * @param body the bytes as received; the caller has bounded their number
     * @throws Refusal when it is not genuine
     */
    public OpenedPush read(SignedQuery signed, byte[] body) throws Refusal {
        Credentials account = signed.account();
        PushQuery query = signed.query();
        XmlDocument document = parse(body);
        checkForm(document.root());
        Optional<XmlElement> encrypt = document.root().child("Encrypt");
        if (account.mode() == Mode.PLAINTEXT && encrypt.isPresent()) {
            throw new Refusal(Cause.MODE, "encrypted, but the account is in plaintext mode");
        }
        if (!signed.aes() && encrypt.isEmpty()) {
            ReplayKey key = ReplayKey.of(account.account(), query, body, false);
            return received(account, key, body, document, Optional.empty(), Protection.plain(signed.token()));
        }
        if (encrypt.isEmpty() || encrypt.get().text().isBlank()) {
            throw new Refusal(Cause.ENCRYPT, "has no Encrypt");
        }
        passed(Cause.ENCRYPT);
        Form form = document.root().child("MsgType").isEmpty() ? Form.ENCRYPTED : Form.BOTH;
        return open(account, query, signed.token(), form, encrypt.get().text().strip());
    }

    /**
     * Reads a push again from its document, as it was kept: decrypted, and checked when it came.
     *
     * @return empty where it is no push of the account any more
     */
    public Optional<OpenedPush> readAgain(Credentials account, byte[] document) {
        try {
            XmlDocument parsed = parse(document);
            checkForm(parsed.root());
            return Optional.of(received(account, NO_KEY, document, parsed, Optional.empty(), Protection.plain(1)));
        } catch (Refusal changed) {
            return Optional.empty();
        }
    }

    /** The reply's plaintext as the response's body: encrypted exactly when the push was; {@code success} never is. */
    public String close(String plaintext, Credentials account, Optional<ReplyEncryption> seal, Instant now) {
        if (seal.isEmpty() || plaintext.equals(ReplyWriter.SUCCESS)) {
            return plaintext;
        }
        ReplyEncryption with = seal.get();
        String encrypt = crypto.encrypt(plaintext.getBytes(StandardCharsets.UTF_8), with.aesKey(), account.appId());
        String timestamp = Long.toString(now.getEpochSecond());
        String nonce = crypto.nonce();
        String signature = crypto.sign(with.token(), timestamp, nonce, encrypt);
        // None of the four holds a character that XML would have to be told of.
        return "<xml><Encrypt><![CDATA[" + encrypt + "]]></Encrypt><MsgSignature><![CDATA[" + signature
                + "]]></MsgSignature><TimeStamp>" + timestamp + "</TimeStamp><Nonce><![CDATA[" + nonce
                + "]]></Nonce></xml>";
    }

    /** Its position, from 1; every Token is tried, whichever it is. */
    private int signingToken(Credentials account, PushQuery query, Now now) throws Refusal {
        checkTimestamp(query.timestamp(), now);
        passed(Cause.TIMESTAMP);
        int signing = 0;
        for (int position = 1; position <= account.tokens().size(); position++) {
            String token = account.tokens().get(position - 1);
            if (crypto.verify(query.signature(), token, query.timestamp(), query.nonce()) && signing == 0) {
                signing = position;
            }
        }
        if (signing == 0) {
            throw new Refusal(Cause.SIGNATURE, "signature is not made with the account's token");
        }
        passed(Cause.SIGNATURE);
        return signing;
    }

    private void checkTimestamp(String timestamp, Now now) throws Refusal {
        if (!isCanonicalNumber(timestamp)) {
            throw new Refusal(Cause.TIMESTAMP, "timestamp is no number of seconds");
        }
        long seconds = Long.parseLong(timestamp);
        long difference = Math.min(
                Math.abs(now.shared().getEpochSecond() - seconds),
                Math.abs(now.machine().getEpochSecond() - seconds));
        if (difference > timestampWindow.toSeconds()) {
            throw new Refusal(Cause.TIMESTAMP, "timestamp is " + difference + " s from now");
        }
    }

    /** Digits without a leading zero: one number has one text, so that its replay key has one form. */
    private static boolean isCanonicalNumber(String text) {
        boolean canonical = !text.isEmpty()
                && text.length() <= MAX_TIMESTAMP_DIGITS
                && (text.charAt(0) != '0' || text.length() == 1);
        for (int i = 0; canonical && i < text.length(); i++) {
            canonical = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        return canonical;
    }

    private static boolean isEncrypted(Credentials account, PushQuery query) throws Refusal {
        String type = query.encryptType().orElse("raw");
        if (!type.equals("aes") && !type.equals("raw")) {
            throw new Refusal(Cause.MODE, "encrypt_type is neither aes nor raw");
        }
        boolean aes = type.equals("aes");
        if (aes && account.mode() == Mode.PLAINTEXT) {
            throw new Refusal(Cause.MODE, "encrypted, but the account is in plaintext mode");
        }
        if (!aes && account.mode() == Mode.SAFE) {
            throw new Refusal(Cause.MODE, "not encrypted, but the account is in safe mode");
        }
        return aes;
    }

    private OpenedPush open(Credentials account, PushQuery query, int position, Form form, String encrypt)
            throws Refusal {
        String token = account.tokens().get(position - 1);
        String signature = query.msgSignature().orElse("");
        if (!crypto.verify(signature, token, query.timestamp(), query.nonce(), encrypt)) {
            throw new Refusal(Cause.MSG_SIGNATURE, "msg_signature does not fit");
        }
        passed(Cause.MSG_SIGNATURE);
        CryptoException first = null;
        for (int key = 1; key <= account.aesKeys().size(); key++) {
            AesKey aesKey = account.aesKeys().get(key - 1);
            try {
                byte[] decrypted = crypto.decrypt(encrypt, aesKey, account.appId());
                if (explanation != null) {
                    explanation.decrypted(decrypted);
                }
                XmlDocument inner = parse(decrypted);
                checkForm(inner.root());
                Optional<ReplyEncryption> seal = Optional.of(new ReplyEncryption(token, aesKey));
                ReplayKey replayKey = ReplayKey.of(account.account(), query, decrypted, true);
                return received(account, replayKey, decrypted, inner, seal, new Protection(position, key, form));
            } catch (CryptoException e) {
                first = first == null ? e : first;
            }
        }
        throw first == null ? new Refusal(Cause.AES, "the account has no key") : Refusal.of(first);
    }

    private XmlDocument parse(byte[] bytes) throws Refusal {
        try {
            XmlDocument document = xml.document(bytes);
            if (explanation != null) {
                explanation.parsed(document.root());
            }
            return document;
        } catch (XmlException e) {
            throw isJson(bytes)
                    ? new Refusal(Cause.JSON, "JSON, as mini programs (小程序) push it; an official account gets XML")
                    : new Refusal(Cause.XML, e.getMessage());
        }
    }

    /** Of bytes that are no XML: the first one that is no blank tells. */
    private static boolean isJson(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, MAX_BLANKS), StandardCharsets.UTF_8);
        return start.replaceFirst("^\uFEFF", "").stripLeading().startsWith("{");
    }

    private void checkForm(XmlElement root) throws Refusal {
        try {
            PushReader.checkForm(root);
            passed(Cause.FORM);
        } catch (NotAPushException e) {
            throw new Refusal(Cause.valueOf(e.kind().name()), e.getMessage());
        }
    }

    private OpenedPush received(
            Credentials account,
            ReplayKey key,
            byte[] plain,
            XmlDocument document,
            Optional<ReplyEncryption> seal,
            Protection protection)
            throws Refusal {
        Push push = push(account, document);
        passed(Cause.TO_USER_NAME);
        PushId id = ids.of(push, document.root());
        PushDocument xml = new PushDocument(plain, document.root());
        return new OpenedPush(push, xml, id, key, seal, protection, document.droppedCharacters());
    }

    private static Push push(Credentials account, XmlDocument document) throws Refusal {
        Push push = PushReader.read(account.account(), document.root());
        if (account.originalId().isPresent() && !account.originalId().get().equals(push.toUserName())) {
            throw new Refusal(Cause.TO_USER_NAME, "sent to another original id than the account's");
        }
        return push;
    }
}
