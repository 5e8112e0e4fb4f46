package io.weir.simulator.push;

import io.weir.simulator.chat.Content;
import io.weir.simulator.push.AnswerXml.FaultException;
import io.weir.simulator.push.DeliveryAttempt.AnswerReading;
import io.weir.wechat.crypto.CryptoException;
import io.weir.wechat.crypto.MessageCrypto;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        boolean encrypted = Element.find(elements, "Encrypt").isPresent();
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

    /** Whether a clear reply is valid, and what the user sees of it (replies.md). */
    static final class AnswerReplyReader {
        private static final int MAX_TEXT_BYTES = 2048;
        private static final int MILLIS_DIGITS = 13;
        private static final int ARTICLES_FOR_A_MESSAGE = 1;
        private static final int ARTICLES_FOR_AN_EVENT = 8;

        private static final Map<String, View> VIEWS = Map.of(
                "text", (push, reply) -> text(reply),
                "image", (push, reply) -> new Content.Image(media(reply, "Image", "MediaId")),
                "voice", (push, reply) -> new Content.Voice(media(reply, "Voice", "MediaId")),
                "video", (push, reply) -> video(reply),
                "music", (push, reply) -> music(reply),
                "news", AnswerReplyReader::news);

        private AnswerReplyReader() {}

        /** The MsgType of a reply. */
        static String kind(List<Element> reply) throws FaultException {
            return single(reply, "MsgType");
        }

        static DeliveryVerdict judge(SimulatedPush push, List<Element> reply) throws FaultException {
            address(reply, "ToUserName", "the user", push.value("FromUserName"));
            address(reply, "FromUserName", "the account", push.value("ToUserName"));
            Optional<String> remark = ofCreateTime(single(reply, "CreateTime"));
            return effect(push, reply).remarking(remark);
        }

        /** Milliseconds are taken: npm's wechat and co-wechat have sent them for many years. The manual says seconds. */
        private static Optional<String> ofCreateTime(String value) throws FaultException {
            if (!value.matches("[0-9]{1,10}|[0-9]{13}")) {
                throw new FaultException("CreateTime is '" + value + "', not seconds since 1970");
            }
            return value.length() == MILLIS_DIGITS
                    ? Optional.of("CreateTime is in milliseconds: WeChat's manual says seconds, WeChat takes both")
                    : Optional.empty();
        }

        private static DeliveryVerdict effect(SimulatedPush push, List<Element> reply) throws FaultException {
            String kind = kind(reply);
            if (kind.equals("transfer_customer_service")) {
                return DeliveryVerdict.nothing(
                        push.kind().event()
                                ? "only messages can be handed to an agent"
                                : "the message goes to an agent");
            }
            View view = Optional.ofNullable(VIEWS.get(kind))
                    .orElseThrow(() -> new FaultException("there is no reply of MsgType '" + kind + "'"));
            Content seen = view.of(push, reply);
            return push.kind().repliable()
                    ? DeliveryVerdict.shown(seen)
                    : DeliveryVerdict.nothing("WeChat shows no reply to " + push.type());
        }

        /** The value of an element that must be there once and not be empty. */
        static String single(List<Element> elements, String name) throws FaultException {
            long count = elements.stream().filter(e -> e.name().equals(name)).count();
            String value = Element.value(elements, name).orElse("");
            if (count != 1 || value.isEmpty()) {
                throw new FaultException(
                        count == 0
                                ? "the reply has no " + name
                                : count == 1
                                        ? name + " of the reply is empty"
                                        : name + " is there " + count + " times");
            }
            return value;
        }

        private static void address(List<Element> reply, String name, String whose, String expected)
                throws FaultException {
            String found = single(reply, name);
            if (!found.equals(expected)) {
                throw new FaultException(
                        name + " of the reply is '" + found + "', expected " + whose + ", '" + expected + "'");
            }
        }

        private static Content text(List<Element> reply) throws FaultException {
            String content = single(reply, "Content");
            int bytes = content.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_TEXT_BYTES) {
                throw new FaultException("Content has " + bytes + " bytes, the limit is " + MAX_TEXT_BYTES);
            }
            return new Content.Text(content);
        }

        private static Content video(List<Element> reply) throws FaultException {
            List<Element> video = Element.children(reply, "Video");
            return new Content.Video(
                    single(video, "MediaId"), optional(video, "Title"), optional(video, "Description"));
        }

        private static Content music(List<Element> reply) throws FaultException {
            List<Element> music = Element.children(reply, "Music");
            return new Content.Music(
                    single(music, "ThumbMediaId"),
                    optional(music, "Title"),
                    optional(music, "Description"),
                    optional(music, "MusicUrl"),
                    optional(music, "HQMusicUrl"));
        }

        private static String media(List<Element> reply, String wrapper, String id) throws FaultException {
            return single(Element.children(reply, wrapper), id);
        }

        private static String optional(List<Element> elements, String name) {
            return Element.value(elements, name).orElse("");
        }

        /** More articles than allowed: the current documentation has only the allowed number delivered. */
        private static Content news(SimulatedPush push, List<Element> reply) throws FaultException {
            List<Element> articles = Element.children(reply, "Articles");
            if (articles.isEmpty() || !single(reply, "ArticleCount").equals(Integer.toString(articles.size()))) {
                throw new FaultException(
                        "ArticleCount does not count the " + articles.size() + " articles that are there");
            }
            List<Content.Article> seen = new ArrayList<>();
            for (Element article : articles) {
                seen.add(article(article));
            }
            int allowed = push.kind().event() ? ARTICLES_FOR_AN_EVENT : ARTICLES_FOR_A_MESSAGE;
            return new Content.News(seen.stream().limit(allowed).toList());
        }

        /** All four elements are required; nothing tells that they may not be empty. */
        private static Content.Article article(Element item) throws FaultException {
            List<Element> parts = item instanceof Element.Group group ? group.children() : List.of();
            for (String required : List.of("Title", "Description", "PicUrl", "Url")) {
                if (!item.name().equals("item") || Element.find(parts, required).isEmpty()) {
                    throw new FaultException("an article is an item with Title, Description, PicUrl and Url; found "
                            + item.name() + " without " + required);
                }
            }
            return new Content.Article(
                    optional(parts, "Title"),
                    optional(parts, "Description"),
                    optional(parts, "PicUrl"),
                    optional(parts, "Url"));
        }

        /** What the user sees of one kind of reply. */
        @FunctionalInterface
        private interface View {
            Content of(SimulatedPush push, List<Element> reply) throws FaultException;
        }
    }
}
