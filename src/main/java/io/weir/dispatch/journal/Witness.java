package io.weir.dispatch.journal;

import io.weir.dispatch.Answered;
import io.weir.dispatch.Dispatcher;
import io.weir.dispatch.journal.Entry.Now;
import io.weir.wechat.codec.Received;
import io.weir.wechat.codec.Refusal;
import io.weir.wechat.message.Push;
import java.time.Clock;
import java.util.IdentityHashMap;

/**
 * Sees each request at the door and in the corridor, and writes down what became of it. Made and used on one event loop; one
 * for each.
 */
public final class Witness {
    private final Journal journal;
    private final HandlerTimes times;
    private final Clock clock;
    private final IdentityHashMap<Push, Steps> underWay = new IdentityHashMap<>();

    /** A witness whose journal and times all event loops share. */
    public Witness(Journal journal, HandlerTimes times, Clock clock) {
        this.journal = journal;
        this.times = times;
        this.clock = clock;
    }

    /** The same dispatcher, seen. */
    public Dispatcher round(Dispatcher inner) {
        return delivery -> {
            long began = System.nanoTime();
            Push push = delivery.push();
            Steps known = underWay.get(push);
            Steps steps = known == null ? new Steps(began) : known;
            steps.claim(began);
            return inner.dispatch(delivery).onComplete(ended -> {
                long now = System.nanoTime();
                steps.handle(now, ended.cause());
                times.note(push, now - began, ended.cause());
            });
        };
    }

    /** A push has passed the door's own checks; {@link #answered} or {@link #refused} follows. */
    public Steps opened(Received received) {
        Steps steps = new Steps(System.nanoTime());
        underWay.put(received.push(), steps);
        return steps;
    }

    /** The door has turned a request away. */
    public void refused(Incoming incoming, Refusal refusal) {
        journal.add(Entry.refused(incoming, refusal, now()));
    }

    /** The corridor has: the push is not genuine. */
    public void refused(Incoming incoming, Received received, Steps steps, Refusal refusal) {
        underWay.remove(received.push());
        journal.add(Entry.refused(incoming, received, steps, refusal, now()));
    }

    /** WeChat has verified the URL. */
    public void verified(Incoming incoming) {
        journal.add(Entry.verified(incoming, now()));
    }

    /** An attempt has its answer, or was left to lapse. */
    public void answered(Incoming incoming, Received received, Steps steps, Answered answered) {
        underWay.remove(received.push());
        journal.add(Entry.answered(incoming, received, steps, answered, now()));
    }

    private Now now() {
        return new Now(clock.millis(), System.nanoTime());
    }
}
