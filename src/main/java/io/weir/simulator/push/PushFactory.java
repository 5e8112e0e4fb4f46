package io.weir.simulator.push;

import io.weir.simulator.push.PushOrder.FieldSetting;
import io.weir.simulator.push.PushOrder.PushOrderException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Makes pushes to order: head, the template's body, what was asked for. Any thread if its suppliers are. */
public final class PushFactory {
    /** The made-up user that pushes when nobody else is named. */
    public static final String DEFAULT_USER = "oWeirSimulatedUser0000000001";

    private static final String SCENE_PREFIX = "qrscene_";
    private static final String KEY = "EventKey";
    private static final String TICKET = "Ticket";
    private static final String SENDER = "FromUserName";
    /** Ids beyond what a JavaScript number holds exactly, as WeChat's are. */
    private static final long SMALLEST_ID = 1L << 54;

    private final PushTemplates templates;
    private final Clock clock;
    private final LongSupplier messageIds;

    /** Real time and random message ids. */
    public PushFactory(PushTemplates templates) {
        this(templates, Clock.systemUTC());
    }

    /** Random message ids. */
    public PushFactory(PushTemplates templates, Clock clock) {
        this(templates, clock, randomIds(new SecureRandom()));
    }

    PushFactory(PushTemplates templates, Clock clock, LongSupplier messageIds) {
        this.templates = templates;
        this.clock = clock;
        this.messageIds = messageIds;
    }

    private static LongSupplier randomIds(SecureRandom random) {
        return () -> random.nextLong(SMALLEST_ID, Long.MAX_VALUE);
    }

    /**
     * The push that {@code order} asks for, from {@code account}'s followers.
     *
     * @throws PushOrderException when there is no such type or it has no place for what was asked
     */
    public SimulatedPush create(PushOrder order, SimulatedAccount account) {
        PushTemplate template = templates.find(order.type());
        List<Element> elements = new ArrayList<>(head(order, template, account));
        template.elements().stream().filter(e -> !e.name().equals(SENDER)).forEach(elements::add);
        if (!template.kind().event()) {
            elements.add(Element.digits("MsgId", Long.toString(messageIds.getAsLong())));
        }
        List<Element> all = order.key().isPresent()
                ? withKey(elements, order.key().get(), order.type(), template)
                : List.copyOf(elements);
        for (FieldSetting field : order.fields()) {
            all = Element.with(all, field.path(), field.value());
        }
        return new SimulatedPush(template.wireName(), template.kind(), all);
    }

    private List<Element> head(PushOrder order, PushTemplate template, SimulatedAccount account) {
        Optional<String> systemAccount = Element.value(template.elements(), SENDER);
        List<Element> head = new ArrayList<>();
        head.add(Element.text("ToUserName", account.originalId()));
        head.add(Element.text(SENDER, order.user().or(() -> systemAccount).orElse(DEFAULT_USER)));
        head.add(Element.digits("CreateTime", Long.toString(clock.instant().getEpochSecond())));
        head.add(Element.text("MsgType", template.kind().event() ? "event" : template.wireName()));
        if (template.kind().event()) {
            head.add(Element.text("Event", template.wireName()));
        }
        return head;
    }

    private static List<Element> withKey(List<Element> elements, String key, String type, PushTemplate template) {
        if (!template.kind().event()) {
            throw new PushOrderException("a message of type " + type + " has no key"
                    + Element.find(template.elements(), "Content")
                            .map(content -> "; for its text use --field Content=" + key)
                            .orElse("; set its elements with --field Name=value"));
        }
        if (!template.hasKey() && !type.startsWith(PushTemplates.ANY_EVENT)) {
            throw new PushOrderException(
                    type + " carries no EventKey; to send one all the same use --field EventKey=" + key);
        }
        if (!template.wireName().equals("subscribe")) {
            return Element.with(elements, List.of(KEY), key);
        }
        String scene = key.startsWith(SCENE_PREFIX) ? key : SCENE_PREFIX + key;
        return Element.with(Element.with(elements, List.of(KEY), scene), List.of(TICKET), "ticket-0002==");
    }
}
