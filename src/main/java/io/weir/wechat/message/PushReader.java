package io.weir.wechat.message;

import io.weir.wechat.xml.XmlElement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes a {@link Push} of a document that WeChat sent. */
public final class PushReader {
    /** The elements that say whose push it is and which: two of one would leave open which counts. */
    private static final List<String> ONCE =
            List.of("ToUserName", "FromUserName", "CreateTime", "MsgType", "Event", "EventKey", "MsgId", "Encrypt");

    private PushReader() {}

    /**
     * Reads a push. Whatever is a push by its form gives a value: an unknown kind, a field that is missing or is not of
     * its type make it {@link Unknown}.
     *
     * @param account name of the account that the push came to
     * @param root its root, of which {@link #checkForm} approves
     */
    public static Push read(String account, XmlElement root) {
        Fields fields = new Fields(new Head(account, "", "", Instant.EPOCH), root);
        String msgType = fields.textOrEmpty("MsgType").strip();
        String event = fields.textOrEmpty("Event").strip();
        Head head =
                new Head(account, fields.textOrEmpty("ToUserName"), fields.textOrEmpty("FromUserName"), Instant.EPOCH);
        try {
            head = new Head(account, fields.text("ToUserName"), fields.text("FromUserName"), fields.time("CreateTime"));
            PushType<?> type = PushType.ofWire(msgType, event);
            if (type != PushType.UNKNOWN) {
                return type.read(new Fields(head, root));
            }
        } catch (FieldException e) {
            // Falls through: a known kind with a field that is not of its type.
        }
        return new Unknown(head, msgType, event.isEmpty() ? Optional.empty() : Optional.of(event), root);
    }

    /**
     * Refuses what no push and no envelope looks like.
     *
     * @throws NotAPushException when the root is not {@code xml} or an element that identifies the push stands twice
     */
    public static void checkForm(XmlElement root) throws NotAPushException {
        if (!root.name().equals("xml")) {
            throw new NotAPushException("the root element is not xml");
        }
        int seen = 0;
        for (XmlElement child : root.children()) {
            int bit = 1 << (ONCE.indexOf(child.name()) + 1);
            if (bit > 1 && (seen & bit) != 0) {
                throw new NotAPushException("has " + child.name() + " twice");
            }
            seen |= bit;
        }
    }
}
