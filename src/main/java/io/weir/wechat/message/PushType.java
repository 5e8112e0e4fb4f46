package io.weir.wechat.message;

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
 * address that follows from it. The constants are the decoder table, a line for each kind.
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

    // Menu events: §4. The reply to a view is never shown.
    public static final PushType<MenuEvent.Click> CLICK =
            event("CLICK", MenuEvent.Click.class, MenuEvent.Click::new, Shown.YES);

    /** Whatever has no record. */
    public static final PushType<Unknown> UNKNOWN =
            register(new PushType<>("unknown", "push.unknown", Unknown.class, PushType::notRead, Shown.NO));

    private final String wireName;
    private final String address;
    private final Class<P> record;
    private final Function<Fields, P> reader;
    private final Shown reply;

    private PushType(String wireName, String address, Class<P> record, Function<Fields, P> reader, Shown reply) {
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
        PushType<?> type = msgType.equalsIgnoreCase("event") ? EVENTS.get(event) : MESSAGES.get(msgType);
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

    P read(Fields fields) {
        return reader.apply(fields);
    }

    @Override
    public String toString() {
        return wireName;
    }

    private static <P extends Message> PushType<P> message(String name, Class<P> record, Function<Fields, P> reader) {
        PushType<P> type = new PushType<>(name, "push.message." + lower(name), record, reader, Shown.YES);
        MESSAGES.put(name, type);
        return register(type);
    }

    private static <P extends Event> PushType<P> event(
            String name, Class<P> record, Function<Fields, P> reader, Shown reply) {
        PushType<P> type = new PushType<>(name, "push.event." + lower(name), record, reader, reply);
        EVENTS.put(name, type);
        return register(type);
    }

    private static <P extends Push> PushType<P> register(PushType<P> type) {
        ALL.add(type);
        BY_RECORD.put(type.record, type);
        return type;
    }

    private static Unknown notRead(Fields fields) {
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
