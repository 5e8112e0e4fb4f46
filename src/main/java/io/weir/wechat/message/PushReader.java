package io.weir.wechat.message;

import io.weir.wechat.xml.XmlElement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Push} of a document that WeChat sent. */
public final class PushReader {
    private PushReader() {}

    /**
     * Reads a push. Whatever is a push by its form gives a value: an unknown kind, a field that is missing or is not of
     * its type make it {@link Unknown}.
     *
     * @param account name of the account that the push came to
     * @param root its root, of which {@link #checkForm} approves
     */
    public static Push read(String account, XmlElement root) {
        String toUserName = null;
        String fromUserName = null;
        String createTime = null;
        String msgType = "";
        String event = "";
        List<XmlElement> children = root.children();
        for (int i = 0; i < children.size(); i++) {
            XmlElement child = children.get(i);
            switch (child.name()) {
                case "ToUserName" -> toUserName = child.text();
                case "FromUserName" -> fromUserName = child.text();
                case "CreateTime" -> createTime = child.text();
                case "MsgType" -> msgType = child.text().strip();
                case "Event" -> event = child.text().strip();
                default -> {}
            }
        }
        long seconds = createTime == null ? PushFields.NO_TIME : PushFields.seconds(createTime);
        if (toUserName == null || fromUserName == null || seconds == PushFields.NO_TIME) {
            Head head = new Head(account, orEmpty(toUserName), orEmpty(fromUserName), Instant.EPOCH);
            return unknown(head, msgType, event, root);
        }
        Head head = new Head(account, toUserName, fromUserName, Instant.ofEpochSecond(seconds));
        PushType<?> type = PushType.ofWire(msgType, event);
        try {
            return type == PushType.UNKNOWN
                    ? unknown(head, msgType, event, root)
                    : type.read(new PushFields(head, root));
        } catch (FieldException e) {
            // A known kind with a field that is not of its type.
            return unknown(head, msgType, event, root);
        }
    }

    private static Unknown unknown(Head head, String msgType, String event, XmlElement root) {
        return new Unknown(head, msgType, event.isEmpty() ? Optional.empty() : Optional.of(event), root);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
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
        List<XmlElement> children = root.children();
        for (int i = 0; i < children.size(); i++) {
            XmlElement child = children.get(i);
            int bit = bit(child.name());
            if ((seen & bit) != 0) {
                throw new NotAPushException("has " + child.name() + " twice");
            }
            seen |= bit;
        }
    }

    /** A bit for each of the elements that say whose push it is and which: two of one would leave open which counts. */
    private static int bit(String name) {
        return switch (name) {
            case "ToUserName" -> 1;
            case "FromUserName" -> 1 << 1;
            case "CreateTime" -> 1 << 2;
            case "MsgType" -> 1 << 3;
            case "Event" -> 1 << 4;
            case "EventKey" -> 1 << 5;
            case "MsgId" -> 1 << 6;
            case "Encrypt" -> 1 << 7;
            default -> 0;
        };
    }
}
