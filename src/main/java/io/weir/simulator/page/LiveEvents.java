package io.weir.simulator.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.page.PhoneJson.SendingJson;
import io.weir.simulator.people.PhoneEvent;
import io.weir.simulator.people.PhoneEvent.Watcher;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * What happened last on the phones of one account, for pages that look on and for those that come back after a break. Any
 * thread; bounded in number and size.
 */
final class LiveEvents implements Watcher {
    static final int MOST = 2_000;
    /** Of all data together. */
    static final long MOST_CHARACTERS = 8L << 20;

    private final Deque<LiveEvent> last = new ArrayDeque<>();
    private final Map<Listener, String> listeners = new ConcurrentHashMap<>();
    private final Clock clock;
    /** Another after a restart: numbers of before mean nothing then. */
    private final String series = UUID.randomUUID().toString().substring(0, 8);

    private long number;
    private long characters;

    /** @param clock WeChat's */
    LiveEvents(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void saw(String openid, PhoneEvent happening) {
        LiveEvent event = LiveEvent.of(++number, openid, happening, clock.instant());
        last.addLast(event);
        characters += event.data().length();
        while (last.size() > MOST || characters > MOST_CHARACTERS) {
            characters -= last.removeFirst().data().length();
        }
        listeners.forEach((listener, whose) -> {
            if (whose.equals(openid)) {
                listener.accept(event);
            }
        });
    }

    /** Where this account's events stand: what is told from now on comes after it. */
    synchronized String position() {
        return position(number);
    }

    /** Where they stood after an event. */
    String position(LiveEvent event) {
        return position(event.number());
    }

    private String position(long at) {
        return series + "-" + at;
    }

    /**
     * Tells a listener of one person's events from now on, in their order, until it leaves.
     *
     * @param after the position that it knows of
     * @param listener must not wait
     * @return those that it has missed; empty when they are no longer all kept: then it does not listen
     */
    synchronized Optional<List<LiveEvent>> join(String after, String openid, Listener listener) {
        long oldest = last.isEmpty() ? number + 1 : last.getFirst().number();
        Optional<Long> known = known(after).filter(at -> at >= oldest - 1 && at <= number);
        known.ifPresent(at -> listeners.put(listener, openid));
        return known.map(at -> last.stream()
                .filter(event -> event.number() > at && event.openid().equals(openid))
                .toList());
    }

    void leave(Listener listener) {
        listeners.remove(listener);
    }

    private Optional<Long> known(String position) {
        String prefix = series + "-";
        return Optional.of(position)
                .filter(text -> text.startsWith(prefix))
                .map(text -> text.substring(prefix.length()))
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::parseLong);
    }

    /** Takes events. */
    @FunctionalInterface
    interface Listener extends Consumer<LiveEvent> {}

    /**
     * Something that happened on a phone, as it is sent to a page.
     *
     * @param number among all of the account, from 1 on
     * @param name of the event, which says how to read {@code data}
     * @param data JSON in one line
     */
    record LiveEvent(long number, String openid, String name, String data) {
        private static final Map<Class<? extends PhoneEvent>, Form<?>> FORMS = Map.of(
                PhoneEvent.Spoken.class,
                form("line", PhoneEvent.Spoken.class, (spoken, now) -> PhoneJson.of(spoken.line())),
                PhoneEvent.Pushed.class,
                form("push", PhoneEvent.Pushed.class, (pushed, now) -> SendingJson.of(pushed.sending(), now)),
                PhoneEvent.Receiving.class,
                form("receiving", PhoneEvent.Receiving.class, (receiving, now) -> flag(receiving.shown())),
                PhoneEvent.Typing.class,
                form("typing", PhoneEvent.Typing.class, (typing, now) -> flag(typing.shown())),
                PhoneEvent.MenuFetched.class,
                form(
                        "menu",
                        PhoneEvent.MenuFetched.class,
                        (fetched, now) -> PhoneJson.menu(fetched.menu(), Optional.of(fetched.at()))),
                PhoneEvent.Followed.class,
                form("following", PhoneEvent.Followed.class, (followed, now) -> flag(followed.now())));

        /** @param now by WeChat's clock */
        static LiveEvent of(long number, String openid, PhoneEvent happening, Instant now) {
            Form<?> form = FORMS.get(happening.getClass());
            if (form == null) {
                throw new IllegalStateException("no form for " + happening.getClass());
            }
            return new LiveEvent(
                    number, openid, form.name(), form.json(happening, now).toString());
        }

        private static <H extends PhoneEvent> Form<H> form(
                String name, Class<H> of, BiFunction<H, Instant, ObjectNode> json) {
            return new Form<>(name, of, json);
        }

        private static ObjectNode flag(boolean now) {
            return JsonNodeFactory.instance.objectNode().put("now", now);
        }

        private record Form<H extends PhoneEvent>(String name, Class<H> of, BiFunction<H, Instant, ObjectNode> json) {
            ObjectNode json(PhoneEvent happening, Instant now) {
                return json.apply(of.cast(happening), now);
            }
        }
    }
}
