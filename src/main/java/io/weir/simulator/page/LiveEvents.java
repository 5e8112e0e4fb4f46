package io.weir.simulator.page;

import io.weir.simulator.people.PhoneEvent;
import io.weir.simulator.people.Watcher;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
}
