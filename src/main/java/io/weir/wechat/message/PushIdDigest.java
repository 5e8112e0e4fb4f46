package io.weir.wechat.message;

import io.weir.wechat.crypto.DigestInput;
import io.weir.wechat.xml.XmlElement;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tells the attempts of one push from other pushes (push-protocol.md §7): a message by account, sender and MsgId, since users
 * were seen to share a MsgId; an event by account and all its elements, since CreateTime counts in seconds. Elements count as
 * they were parsed: CDATA or not, and their order, make no difference.
 *
 * <p>Every part goes into the digest with its length before it, so that no two different pushes give the same bytes. Holds a
 * digest: one instance per event loop.
 */
public final class PushIdDigest {
    private static final XmlElement[] NO_ELEMENTS = {};
    private static final Comparator<XmlElement> BY_NAME =
            (one, other) -> one.name().compareTo(other.name());
    private static final String RECEIVER = "ToUserName";
    private static final int HASH_BYTES = 32;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final MessageDigest digest;
    private final DigestInput bytes = new DigestInput(1_024);
    private final byte[] hash = new byte[HASH_BYTES];

    public PushIdDigest() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }

    /** The id of a push that was read from these elements. */
    public PushId of(Push push, XmlElement root) {
        bytes.clear();
        bytes.textWithLength(push.account());
        Optional<String> msgId = msgId(push, root);
        if (msgId.isPresent()) {
            bytes.textWithLength(push.fromUserName());
            bytes.textWithLength(msgId.get());
        } else {
            elements(root.children());
        }
        digest.update(bytes.array(), 0, bytes.length());
        try {
            digest.digest(hash, 0, HASH_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 has " + HASH_BYTES + " bytes", e);
        }
        return new PushId((long) LONGS.get(hash, 0), (long) LONGS.get(hash, Long.BYTES));
    }

    /** Of a message, also of one of a kind or a form that there is no record for. */
    private static Optional<String> msgId(Push push, XmlElement root) {
        if (push instanceof Message message) {
            return Optional.of(message.msgId());
        }
        return push instanceof Unknown unknown && !unknown.msgType().equals("event")
                ? root.child("MsgId").map(element -> element.text().strip()).filter(id -> !id.isEmpty())
                : Optional.empty();
    }

    /** The account's own name is known, and may differ between the outer and the inner document. */
    private void elements(List<XmlElement> elements) {
        if (elements.isEmpty()) {
            bytes.number(0);
            return;
        }
        XmlElement[] sorted = elements.toArray(NO_ELEMENTS);
        if (sorted.length > 1) {
            Arrays.sort(sorted, BY_NAME);
        }
        bytes.number(sorted.length);
        for (XmlElement element : sorted) {
            if (!element.name().equals(RECEIVER)) {
                bytes.textWithLength(element.name());
                bytes.textWithLength(element.children().isEmpty() ? element.text() : "");
                elements(element.children());
            }
        }
    }
}
