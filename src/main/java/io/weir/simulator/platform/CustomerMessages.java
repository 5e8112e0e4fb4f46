package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.platform.PlatformAccount.Kept;
import io.weir.simulator.platform.Windows.Trigger;
import io.weir.simulator.platform.Windows.Window;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The right to write to a person, and what was written (token-and-server-api.md §8). How windows are counted is told at
 * {@link Windows}. The order of the platform's checks is unknown; here: the account's restriction, the person, the content,
 * the window. Nothing that is refused is counted.
 */
public final class CustomerMessages implements Kept {
    private final Clock clock;
    private final Followers followers;
    private final MessageContent content;
    private final Windows windows;
    private final Typing typing;
    private final ReceivedCall received = new ReceivedCall();
    private final Set<String> switchedOff = new LinkedHashSet<>();
    private final List<Consumer<SentCustomerMessage>> inboxes = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<String, Boolean>> typists = new CopyOnWriteArrayList<>();
    private Optional<Restriction> restriction = Optional.empty();

    /** @param kindOfMedia what a media id of the account stands for, permanent or temporary */
    public CustomerMessages(Clock clock, Followers followers, Function<String, Optional<String>> kindOfMedia) {
        this.clock = clock;
        this.followers = followers;
        content = new MessageContent(kindOfMedia);
        windows = new Windows(clock);
        typing = new Typing(clock);
    }

    /** A person has done something that lets the account write. */
    public void opened(String openid, Trigger trigger) {
        windows.open(openid, trigger);
        typing.acted(openid);
    }

    /** The open windows of a person; the one that ends first comes first. */
    public List<Window> left(String openid) {
        return windows.open(openid);
    }

    /**
     * message/custom/send.
     *
     * @throws Refused with the codes of the page's table
     */
    public void send(ObjectNode message) {
        restriction.ifPresent(reason -> {
            throw reason.refusal();
        });
        String openid = recipient(message);
        if (switchedOff.contains(openid)) {
            throw new Refused(48002, "user has switched reception off");
        }
        content.check(message);
        windows.take(openid);
        endTyping(openid);
        deliver(new SentCustomerMessage(openid, clock.instant(), message.deepCopy()));
    }

    private void endTyping(String openid) {
        if (typing.isShown(openid)) {
            typing.end(openid);
            typists.forEach(typist -> typist.accept(openid, false));
        }
    }

    private void deliver(SentCustomerMessage message) {
        received.add(message);
        inboxes.forEach(inbox -> inbox.accept(message));
    }

    /**
     * message/custom/typing. CancelTyping is taken at any time.
     *
     * @throws Refused with the codes of the page's table
     */
    public void type(ObjectNode order) {
        String openid = recipient(order);
        switch (order.path("command").asText("")) {
            case "Typing" -> {
                typing.begin(openid);
                typists.forEach(typist -> typist.accept(openid, true));
            }
            case "CancelTyping" -> endTyping(openid);
            default -> throw new Refused(45072, "invalid command");
        }
    }

    /** Whether the person sees 对方正在输入. */
    public boolean isTyping(String openid) {
        return typing.isShown(openid);
    }

    private String recipient(ObjectNode call) {
        Follower person =
                followers.find(call.path("touser").asText("")).orElseThrow(() -> new Refused(40003, "invalid openid"));
        if (!person.subscribed()) {
            throw new Refused(43004, "require subscribe");
        }
        return person.openid();
    }

    /** What a person received, oldest first: the last 200, and of all people together the last 20,000. */
    public List<SentCustomerMessage> received(String openid) {
        return received.of(openid);
    }

    /** Hands on every message from now on, inside the platform's lock: the inbox must not wait. */
    public void handTo(Consumer<SentCustomerMessage> inbox) {
        inboxes.add(inbox);
    }

    /** Tells from now on by whom 对方正在输入 is seen, and by whom no longer, but for its end after 15 s; inside the platform's lock. */
    public void tellOfTyping(BiConsumer<String, Boolean> typist) {
        typists.add(typist);
    }

    /** No longer hands messages to this inbox. */
    public void noLongerHandTo(Consumer<SentCustomerMessage> inbox) {
        inboxes.remove(inbox);
    }

    /** A person switches the reception of the account's messages on or off. */
    public void reception(String openid, boolean on) {
        if (on) {
            switchedOff.remove(openid);
        } else {
            switchedOff.add(openid);
        }
    }

    /** WeChat refuses all messages of the account for this reason; for none: it no longer does. */
    public void restrict(Optional<Restriction> reason) {
        restriction = reason;
    }

    @Override
    public ObjectNode save() {
        ObjectNode saved = JsonNodeFactory.instance.objectNode();
        saved.set("windows", windows.save());
        saved.set("typing", typing.save());
        saved.set("received", received.save());
        ArrayNode off = saved.putArray("switchedOff");
        switchedOff.forEach(off::add);
        restriction.ifPresent(reason -> saved.put("restriction", reason.name()));
        return saved;
    }

    @Override
    public void load(ObjectNode saved) {
        windows.load(saved.path("windows"));
        typing.load(saved.path("typing"));
        received.load(saved.path("received"));
        switchedOff.clear();
        saved.path("switchedOff").forEach(openid -> switchedOff.add(openid.asText()));
        restriction = Optional.ofNullable(saved.get("restriction")).map(reason -> Restriction.valueOf(reason.asText()));
    }

    /**
     * Whom an account shows that it is typing (token-and-server-api.md §8). What opens a window counts as an interaction of the
     * person; the page says "message" in one place and "interaction" in another.
     */
    static final class Typing {
        private static final Duration SHOWN = Duration.ofSeconds(15);
        private static final Duration AFTER_INTERACTION = Duration.ofSeconds(30);

        private final Expiring<Boolean> acted;
        private final Expiring<Boolean> shown;

        Typing(Clock clock) {
            acted = new Expiring<>(clock, AFTER_INTERACTION, Windows.MOST_PEOPLE, none -> {});
            shown = new Expiring<>(clock, SHOWN, Windows.MOST_PEOPLE, none -> {});
        }

        void acted(String openid) {
            acted.put(openid, true);
        }

        /**
         * Begins, for 15 s.
         *
         * @throws Refused 45080, 45081
         */
        void begin(String openid) {
            if (acted.find(openid).isEmpty()) {
                throw new Refused(45080, "client typing only within 30s after the user's interaction");
            }
            if (isShown(openid)) {
                throw new Refused(45081, "client is typing already");
            }
            shown.put(openid, true);
        }

        void end(String openid) {
            shown.remove(openid);
        }

        boolean isShown(String openid) {
            return shown.find(openid).isPresent();
        }

        ObjectNode save() {
            ObjectNode saved = JsonNodeFactory.instance.objectNode();
            saved.set("acted", acted.save(BooleanNode::valueOf));
            saved.set("shown", shown.save(BooleanNode::valueOf));
            return saved;
        }

        void load(JsonNode saved) {
            acted.load(saved.path("acted"), value -> true);
            shown.load(saved.path("shown"), value -> true);
        }
    }

    /** Why an account may send no customer-service message to anybody (token-and-server-api.md §8). */
    public enum Restriction {
        BLOCKED(45087, "customer message api is blocked"),
        WITHOUT_QUOTA(45093, "no quota of customer messages"),
        PUNISHED(45094, "account is punished");

        private final int errcode;
        private final String errmsg;

        Restriction(int errcode, String errmsg) {
            this.errcode = errcode;
            this.errmsg = errmsg;
        }

        /** What the account's call is answered with. */
        Refused refusal() {
            return new Refused(errcode, errmsg);
        }
    }

    /**
     * A customer-service message as a person received it.
     *
     * @param message the whole body of the call, as the account sent it
     */
    public record SentCustomerMessage(String openid, Instant at, ObjectNode message) {}
}
