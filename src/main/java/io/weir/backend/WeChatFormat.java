package io.weir.backend;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.weir.backend.BackendConfig.WeChat;
import io.weir.backend.BackendException.Kind;
import io.weir.dispatch.Delivery;
import io.weir.wechat.codec.Mode;
import io.weir.wechat.crypto.AesKey;
import io.weir.wechat.crypto.CryptoException;
import io.weir.wechat.crypto.MessageCrypto;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.ReplyWriter;
import io.weir.wechat.message.ReplyXml;
import io.weir.wechat.xml.XmlElement;
import io.weir.wechat.xml.XmlException;
import io.weir.wechat.xml.XmlReader;
import io.weir.wechat.xml.XmlText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Asks as WeChat does (push-protocol.md §3 and §4): the very document of the push, its query signed and its body encrypted with the
 * backend's own credentials. The AppId is the account's.
 */
final class WeChatFormat implements BackendFormat {
    private static final Map<CharSequence, String> HEADERS =
            Map.of(HttpHeaders.CONTENT_TYPE, "text/xml", HttpHeaders.ACCEPT, "*/*");
    private static final String END = "</xml>";

    private final WeChat dialect;
    private final String token;
    private final Map<String, String> appIds;
    private final MessageCrypto crypto;
    private final Clock clock;
    private final XmlReader xml = new XmlReader();

    /** @param appIds of the accounts, by name */
    WeChatFormat(WeChat dialect, Map<String, String> appIds, MessageCrypto crypto, Clock clock) {
        this.dialect = dialect;
        this.token = dialect.token().reveal();
        this.appIds = appIds;
        this.crypto = crypto;
        this.clock = clock;
    }

    @Override
    public Request request(Delivery<?> delivery, Duration limit) {
        Push push = delivery.push();
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        String nonce = crypto.nonce();
        String query = "signature=" + crypto.sign(token, timestamp, nonce) + "&timestamp=" + timestamp + "&nonce="
                + nonce + "&openid=" + URLEncoder.encode(push.fromUserName(), StandardCharsets.UTF_8);
        byte[] plain = delivery.xml().bytes();
        if (dialect.mode() == Mode.PLAINTEXT) {
            return new Request(query, HEADERS, Buffer.buffer(plain));
        }
        String encrypt = crypto.encrypt(plain, key(), appId(push));
        String signature = crypto.sign(token, timestamp, nonce, encrypt);
        return new Request(
                query + "&encrypt_type=aes&msg_signature=" + signature,
                HEADERS,
                Buffer.buffer(body(push, plain, encrypt)));
    }

    /** In compatible mode the plain elements as well. */
    private String body(Push push, byte[] plain, String encrypt) {
        String element = "<Encrypt><![CDATA[" + encrypt + "]]></Encrypt>" + END;
        String document = dialect.mode() == Mode.COMPATIBLE ? new String(plain, StandardCharsets.UTF_8) : "";
        int end = document.lastIndexOf(END);
        return end < 0
                ? "<xml><ToUserName><![CDATA[" + XmlText.cdata(push.toUserName()) + "]]></ToUserName>" + element
                : document.substring(0, end) + element;
    }

    @Override
    public Reply read(Answer answer, Delivery<?> delivery) {
        byte[] body = answer.body().getBytes();
        String text = new String(body, StandardCharsets.UTF_8).strip();
        if (text.isEmpty() || text.equals(ReplyWriter.SUCCESS)) {
            return Reply.NONE;
        }
        try {
            return ReplyXml.read(plain(root(body), delivery.push()), delivery.push());
        } catch (XmlException | IllegalArgumentException e) {
            Kind kind = answer.isHtml() ? Kind.TYPE : Kind.UNREADABLE;
            if (text.startsWith("{")) {
                throw new BackendException(kind, "JSON, and the backend's format is wechat: set format: json");
            }
            throw new BackendException(kind, answer.isHtml() ? "a page in HTML" : String.valueOf(e.getMessage()));
        }
    }

    private XmlElement root(byte[] document) throws XmlException {
        return xml.document(document).root();
    }

    private XmlElement plain(XmlElement root, Push push) throws XmlException {
        Optional<XmlElement> encrypt = root.child("Encrypt");
        if (dialect.mode() == Mode.PLAINTEXT && encrypt.isPresent()) {
            throw new XmlException("is encrypted, and the backend's mode is plaintext");
        }
        if (dialect.mode() == Mode.SAFE && encrypt.isEmpty()) {
            throw new XmlException("is not encrypted, and the backend's mode is safe");
        }
        if (encrypt.isEmpty()) {
            return root;
        }
        String ciphertext = encrypt.get().text().strip();
        if (!crypto.verify(
                value(root, "MsgSignature"), token, value(root, "TimeStamp"), value(root, "Nonce"), ciphertext)) {
            throw new XmlException("has a MsgSignature that does not fit");
        }
        try {
            return root(crypto.decrypt(ciphertext, key(), appId(push)));
        } catch (CryptoException e) {
            throw new XmlException("cannot be decrypted (" + e.step() + "): another encodingAesKey or AppId");
        }
    }

    private static String value(XmlElement root, String name) {
        return root.child(name).map(child -> child.text().strip()).orElse("");
    }

    private AesKey key() {
        return dialect.aesKey().orElseThrow();
    }

    private String appId(Push push) {
        return appIds.getOrDefault(push.account(), "");
    }
}
