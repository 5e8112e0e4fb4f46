package io.weir.simulator.push;

import io.weir.wechat.crypto.MessageCrypto;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Signs and, where the account's mode says so, encrypts a push as WeChat does (push-protocol.md §3 and §4, encryption.md
 * §4). One thread at a time.
 */
public final class PushSigner {
    private final MessageCrypto crypto;
    private final Clock clock;
    private final Supplier<String> nonces;

    PushSigner(MessageCrypto crypto, Clock clock, Supplier<String> nonces) {
        this.crypto = crypto;
        this.clock = clock;
        this.nonces = nonces;
    }

    /** @param target the URL of the account's settings page; an own query of it is kept in front */
    SignedPush sign(SimulatedPush push, SimulatedAccount account, URI target) {
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        String nonce = nonces.get();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("signature", crypto.sign(account.token(), timestamp, nonce));
        query.put("timestamp", timestamp);
        query.put("nonce", nonce);
        query.put("openid", push.value("FromUserName"));
        if (!account.mode().encrypts()) {
            return new SignedPush(with(query, target), push.xml());
        }
        String encrypt = encrypt(push.xml(), account);
        query.put("encrypt_type", "aes");
        query.put("msg_signature", crypto.sign(account.token(), timestamp, nonce, encrypt));
        return new SignedPush(with(query, target), body(push, account.mode(), encrypt));
    }

    String encrypt(String xml, SimulatedAccount account) {
        return crypto.encrypt(xml.getBytes(StandardCharsets.UTF_8), account.key(), account.appId());
    }

    private static String body(SimulatedPush push, PushMode mode, String encrypt) {
        List<Element> elements = new ArrayList<>();
        if (mode == PushMode.COMPATIBLE) {
            elements.addAll(push.elements());
        } else {
            elements.add(Element.text("ToUserName", push.value("ToUserName")));
        }
        elements.add(Element.text("Encrypt", encrypt));
        return PushXml.compact(elements);
    }

    /** @param query added behind an own query of the URL */
    static URI with(Map<String, String> query, URI target) {
        String added = query.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        String own = target.getRawQuery() == null ? "" : target.getRawQuery() + "&";
        String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        return URI.create(target.getScheme() + "://" + target.getRawAuthority() + path + "?" + own + added);
    }

    /** One attempt to deliver a push, exactly as it goes over the wire; each attempt is signed afresh. */
    public record SignedPush(URI uri, String body) {
        /** The content type that WeChat sends. */
        static final String CONTENT_TYPE = "text/xml";

        /** The same request for a shell. It holds a valid signature, but neither token nor key. */
        public String curl() {
            return "curl -sS -H " + quoted("Content-Type: " + CONTENT_TYPE) + " --data-binary " + quoted(body) + " "
                    + quoted(uri.toString());
        }

        private static String quoted(String argument) {
            return "'" + argument.replace("'", "'\\''") + "'";
        }
    }
}
