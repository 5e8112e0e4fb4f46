package io.weir.wechat.message;

import io.weir.wechat.message.JobEvent.MassSendJobFinish;
import io.weir.wechat.message.JobEvent.PublishJobFinish;
import io.weir.wechat.message.JobEvent.TemplateSendJobFinish;
import io.weir.wechat.message.ServiceEvent.KfCloseSession;
import io.weir.wechat.message.ServiceEvent.KfCreateSession;
import io.weir.wechat.message.ServiceEvent.KfSwitchSession;
import io.weir.wechat.message.SubscriptionEvent.SubscribeMsgChange;
import io.weir.wechat.message.SubscriptionEvent.SubscribeMsgPopup;
import io.weir.wechat.message.SubscriptionEvent.SubscribeMsgSent;
import io.weir.wechat.message.UserDataEvent.AuthorizationCancellation;
import io.weir.wechat.message.UserDataEvent.AuthorizationRevoke;
import io.weir.wechat.message.UserDataEvent.InfoModified;
import io.weir.wechat.message.VerifyEvent.AnnualRenew;
import io.weir.wechat.message.VerifyEvent.NamingVerifyFail;
import io.weir.wechat.message.VerifyEvent.NamingVerifySuccess;
import io.weir.wechat.message.VerifyEvent.QualificationVerifyFail;
import io.weir.wechat.message.VerifyEvent.QualificationVerifySuccess;
import io.weir.wechat.message.VerifyEvent.VerifyExpired;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A kind of push: its wire name, its record, how it is read, whether a passive reply to it is shown, and the event-bus
 * address that follows from it. The constants are the decoder table, a line for each kind, named after the wire name;
 * {@link #LOCATION} is the message {@code location}, {@link #LOCATION_REPORT} the event {@code LOCATION}.
 *
 * @param <P> the record of this kind
 */
public final class PushType<P extends Push> {
    private static final List<PushType<?>> ALL = new ArrayList<>();
    private static final Map<String, PushType<?>> MESSAGES = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private static final Map<String, PushType<?>> EVENTS = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private static final Map<Class<?>, PushType<?>> BY_RECORD = new HashMap<>();

    // Ordinary messages: messages-and-events.md §2. All may be replied to.
    public static final PushType<Message.Text> TEXT = message("text", Message.Text.class, Message.Text::new);
    public static final PushType<Message.Image> IMAGE = message("image", Message.Image.class, Message.Image::new);
    public static final PushType<Message.Voice> VOICE = message("voice", Message.Voice.class, Message.Voice::new);
    public static final PushType<Message.Video> VIDEO = message("video", Message.Video.class, Message.Video::new);
    public static final PushType<Message.ShortVideo> SHORTVIDEO =
            message("shortvideo", Message.ShortVideo.class, Message.ShortVideo::new);
    public static final PushType<Message.Location> LOCATION =
            message("location", Message.Location.class, Message.Location::new);
    public static final PushType<Message.Link> LINK = message("link", Message.Link.class, Message.Link::new);

    // Follow and QR events: §3.
    public static final PushType<FollowEvent.Subscribe> SUBSCRIBE =
            repliable("subscribe", FollowEvent.Subscribe.class, FollowEvent.Subscribe::new);
    public static final PushType<FollowEvent.Unsubscribe> UNSUBSCRIBE =
            silent("unsubscribe", FollowEvent.Unsubscribe.class, FollowEvent.Unsubscribe::new);
    public static final PushType<FollowEvent.Scan> SCAN =
            repliable("SCAN", FollowEvent.Scan.class, FollowEvent.Scan::new);

    // The reported position, event LOCATION: §3. It arrives unasked, so nothing is replied.
    public static final PushType<LocationReport> LOCATION_REPORT =
            silent("LOCATION", LocationReport.class, LocationReport::new);

    // Menu events: §4. The reply to a view is never shown.
    public static final PushType<MenuEvent.Click> CLICK =
            repliable("CLICK", MenuEvent.Click.class, MenuEvent.Click::new);
    public static final PushType<MenuEvent.View> VIEW = silent("VIEW", MenuEvent.View.class, MenuEvent.View::new);
    public static final PushType<MenuEvent.ViewMiniprogram> VIEW_MINIPROGRAM =
            silent("view_miniprogram", MenuEvent.ViewMiniprogram.class, MenuEvent.ViewMiniprogram::new);
    public static final PushType<MenuEvent.ScancodePush> SCANCODE_PUSH =
            repliable("scancode_push", MenuEvent.ScancodePush.class, MenuEvent.ScancodePush::new);
    public static final PushType<MenuEvent.ScancodeWaitmsg> SCANCODE_WAITMSG =
            repliable("scancode_waitmsg", MenuEvent.ScancodeWaitmsg.class, MenuEvent.ScancodeWaitmsg::new);
    public static final PushType<MenuEvent.PicSysphoto> PIC_SYSPHOTO =
            repliable("pic_sysphoto", MenuEvent.PicSysphoto.class, MenuEvent.PicSysphoto::new);
    public static final PushType<MenuEvent.PicPhotoOrAlbum> PIC_PHOTO_OR_ALBUM =
            repliable("pic_photo_or_album", MenuEvent.PicPhotoOrAlbum.class, MenuEvent.PicPhotoOrAlbum::new);
    public static final PushType<MenuEvent.PicWeixin> PIC_WEIXIN =
            repliable("pic_weixin", MenuEvent.PicWeixin.class, MenuEvent.PicWeixin::new);
    public static final PushType<MenuEvent.LocationSelect> LOCATION_SELECT =
            repliable("location_select", MenuEvent.LocationSelect.class, MenuEvent.LocationSelect::new);

    // Jobs and subscription notices: §5. From here on nothing is replied: often the sender is no user.
    public static final PushType<TemplateSendJobFinish> TEMPLATESENDJOBFINISH =
            silent("TEMPLATESENDJOBFINISH", TemplateSendJobFinish.class, TemplateSendJobFinish::new);
    public static final PushType<MassSendJobFinish> MASSSENDJOBFINISH =
            silent("MASSSENDJOBFINISH", MassSendJobFinish.class, MassSendJobFinish::new);
    public static final PushType<PublishJobFinish> PUBLISHJOBFINISH =
            silent("PUBLISHJOBFINISH", PublishJobFinish.class, PublishJobFinish::new);

    static {
        // So it was called in older documents, and by libraries made from them.
        EVENTS.put("FREEPUBLISHJOBFINISH", PUBLISHJOBFINISH);
    }

    public static final PushType<SubscribeMsgPopup> SUBSCRIBE_MSG_POPUP_EVENT =
            silent("subscribe_msg_popup_event", SubscribeMsgPopup.class, SubscribeMsgPopup::new);
    public static final PushType<SubscribeMsgChange> SUBSCRIBE_MSG_CHANGE_EVENT =
            silent("subscribe_msg_change_event", SubscribeMsgChange.class, SubscribeMsgChange::new);
    public static final PushType<SubscribeMsgSent> SUBSCRIBE_MSG_SENT_EVENT =
            silent("subscribe_msg_sent_event", SubscribeMsgSent.class, SubscribeMsgSent::new);

    // Human customer service: §6.
    public static final PushType<KfCreateSession> KF_CREATE_SESSION =
            silent("kf_create_session", KfCreateSession.class, KfCreateSession::new);
    public static final PushType<KfCloseSession> KF_CLOSE_SESSION =
            silent("kf_close_session", KfCloseSession.class, KfCloseSession::new);
    public static final PushType<KfSwitchSession> KF_SWITCH_SESSION =
            silent("kf_switch_session", KfSwitchSession.class, KfSwitchSession::new);

    // Verification: §7.
    public static final PushType<QualificationVerifySuccess> QUALIFICATION_VERIFY_SUCCESS =
            silent("qualification_verify_success", QualificationVerifySuccess.class, QualificationVerifySuccess::new);
    public static final PushType<QualificationVerifyFail> QUALIFICATION_VERIFY_FAIL =
            silent("qualification_verify_fail", QualificationVerifyFail.class, QualificationVerifyFail::new);
    public static final PushType<NamingVerifySuccess> NAMING_VERIFY_SUCCESS =
            silent("naming_verify_success", NamingVerifySuccess.class, NamingVerifySuccess::new);
    public static final PushType<NamingVerifyFail> NAMING_VERIFY_FAIL =
            silent("naming_verify_fail", NamingVerifyFail.class, NamingVerifyFail::new);
    public static final PushType<AnnualRenew> ANNUAL_RENEW =
            silent("annual_renew", AnnualRenew.class, AnnualRenew::new);
    public static final PushType<VerifyExpired> VERIFY_EXPIRED =
            silent("verify_expired", VerifyExpired.class, VerifyExpired::new);

    // User data: §8.
    public static final PushType<InfoModified> USER_INFO_MODIFIED =
            silent("user_info_modified", InfoModified.class, InfoModified::new);
    public static final PushType<AuthorizationRevoke> USER_AUTHORIZATION_REVOKE =
            silent("user_authorization_revoke", AuthorizationRevoke.class, AuthorizationRevoke::new);
    public static final PushType<AuthorizationCancellation> USER_AUTHORIZATION_CANCELLATION =
            silent("user_authorization_cancellation", AuthorizationCancellation.class, AuthorizationCancellation::new);

    /** Whatever has no record. */
    public static final PushType<Unknown> UNKNOWN =
            register(new PushType<>("unknown", "push.unknown", Unknown.class, PushType::notRead, Shown.NO));

    /** Names in the case that WeChat documents, which are found faster. */
    private static final Map<String, PushType<?>> EXACT_EVENTS = new HashMap<>(EVENTS);

    private static final Map<String, PushType<?>> EXACT_MESSAGES = new HashMap<>(MESSAGES);

    private final String wireName;
    private final String address;
    private final Class<P> record;
    private final Function<PushFields, P> reader;
    private final Shown reply;

    private PushType(String wireName, String address, Class<P> record, Function<PushFields, P> reader, Shown reply) {
        this.wireName = wireName;
        this.address = address;
        this.record = record;
        this.reader = reader;
        this.reply = reply;
    }

    /** All kinds that have a record, and {@link #UNKNOWN}, in the order of the table. */
    public static List<PushType<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    /** The kind of a push. */
    public static PushType<?> of(Push push) {
        PushType<?> type = BY_RECORD.get(push.getClass());
        if (type == null) {
            throw new IllegalStateException(push.getClass() + " has no line in the decoder table");
        }
        return type;
    }

    /**
     * The kind that MsgType and, for {@code event}, Event name, whatever the case of their letters.
     *
     * @param msgType MsgType as written
     * @param event Event as written, empty where there is none
     */
    static PushType<?> ofWire(String msgType, String event) {
        boolean isEvent = msgType.equalsIgnoreCase("event");
        PushType<?> exact = (isEvent ? EXACT_EVENTS : EXACT_MESSAGES).get(isEvent ? event : msgType);
        if (exact != null) {
            return exact;
        }
        PushType<?> type = isEvent ? EVENTS.get(event) : MESSAGES.get(msgType);
        return type == null ? UNKNOWN : type;
    }

    /** WeChat's own name: the Event of an event, the MsgType of a message, as documented today. */
    public String wireName() {
        return wireName;
    }

    /** Event-bus address of the handler verticles of this kind, for example {@code push.event.click}. */
    public String address() {
        return address;
    }

    /** Address on which each push of this kind is also published for observers, when somebody listens there. */
    public String observedAddress() {
        return address + ".observed";
    }

    public Class<P> record() {
        return record;
    }

    /** Whether WeChat shows a passive reply to this kind (push-protocol.md §8). */
    public boolean takesReply() {
        return reply == Shown.YES;
    }

    P read(PushFields fields) {
        return reader.apply(fields);
    }

    @Override
    public String toString() {
        return wireName;
    }

    private static <P extends Message> PushType<P> message(
            String name, Class<P> record, Function<PushFields, P> reader) {
        PushType<P> type = new PushType<>(name, "push.message." + lower(name), record, reader, Shown.YES);
        MESSAGES.put(name, type);
        return register(type);
    }

    private static <P extends Event> PushType<P> repliable(
            String name, Class<P> record, Function<PushFields, P> reader) {
        return event(name, record, reader, Shown.YES);
    }

    private static <P extends Event> PushType<P> silent(String name, Class<P> record, Function<PushFields, P> reader) {
        return event(name, record, reader, Shown.NO);
    }

    private static <P extends Event> PushType<P> event(
            String name, Class<P> record, Function<PushFields, P> reader, Shown reply) {
        PushType<P> type = new PushType<>(name, "push.event." + lower(name), record, reader, reply);
        EVENTS.put(name, type);
        return register(type);
    }

    private static <P extends Push> PushType<P> register(PushType<P> type) {
        ALL.add(type);
        BY_RECORD.put(type.record, type);
        return type;
    }

    private static Unknown notRead(PushFields fields) {
        throw new FieldException("MsgType", "is not in the decoder table");
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Whether a passive reply is shown to the user. */
    private enum Shown {
        YES,
        NO
    }
}
