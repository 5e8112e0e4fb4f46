package io.weir.wechat.message;

import io.weir.wechat.message.NotAPushException.Kind;
import io.weir.wechat.xml.XmlElement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Push} of a document that WeChat sent. */
public final class PushReader {
    private static final int TO_USER_NAME = 1;
    private static final int FROM_USER_NAME = 1 << 1;
    private static final int MSG_TYPE = 1 << 3;
    private static final int ENCRYPT = 1 << 7;
    private static final int IDENTIFYING = (1 << 8) - 1;
    private static final int INFO_TYPE = 1 << 8;
    private static final int AGENT_ID = 1 << 9;
    private static final int APP_ID = 1 << 10;

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
     * @throws NotAPushException when the root is not {@code xml}, an element that identifies the push stands twice, or it is
     *     what another product than an official account gets
     */
    public static void checkForm(XmlElement root) throws NotAPushException {
        if (!root.name().equals("xml")) {
            throw new NotAPushException(Kind.FORM, "the root element is not xml");
        }
        int seen = 0;
        List<XmlElement> children = root.children();
        for (int i = 0; i < children.size(); i++) {
            XmlElement child = children.get(i);
            int bit = bit(child.name());
            if ((seen & bit & IDENTIFYING) != 0) {
                throw new NotAPushException(Kind.FORM, "has " + child.name() + " twice");
            }
            seen |= bit;
        }
        if (seen > IDENTIFYING) {
            checkProduct(root, seen);
        }
    }

    /** Only what is certain counts: pushes of official accounts may get elements of these names. */
    private static void checkProduct(XmlElement root, int seen) throws NotAPushException {
        boolean ofNobody = (seen & (FROM_USER_NAME | MSG_TYPE)) == 0;
        boolean envelope = (seen & (ENCRYPT | APP_ID | TO_USER_NAME)) == (ENCRYPT | APP_ID);
        if (ofNobody && ((seen & INFO_TYPE) != 0 || envelope)) {
            throw new NotAPushException(
                    Kind.COMPONENT, "a push to a third-party platform (第三方平台), not to an official account");
        }
        boolean toAnAccount = root.child("ToUserName")
                .filter(name -> name.text().strip().startsWith("gh_"))
                .isPresent();
        if ((seen & AGENT_ID) != 0 && !toAnAccount) {
            throw new NotAPushException(Kind.WECOM, "a callback of WeCom (企业微信), not a push to an official account");
        }
    }

    /**
     * A bit for each of the elements that say whose push it is and which: two of one would leave open which counts. Higher bits for
     * those that only other products have.
     */
    private static int bit(String name) {
        return switch (name) {
            case "ToUserName" -> TO_USER_NAME;
            case "FromUserName" -> FROM_USER_NAME;
            case "CreateTime" -> 1 << 2;
            case "MsgType" -> MSG_TYPE;
            case "Event" -> 1 << 4;
            case "EventKey" -> 1 << 5;
            case "MsgId" -> 1 << 6;
            case "Encrypt" -> ENCRYPT;
            case "InfoType" -> INFO_TYPE;
            case "AgentID" -> AGENT_ID;
            case "AppId" -> APP_ID;
            default -> 0;
        };
    }
}
