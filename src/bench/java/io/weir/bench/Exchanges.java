package io.weir.bench;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** What became of the pushes of one window. Any thread, each push by one at a time. */
final class Exchanges {
    private final List<Push> pushes;
    private final byte[][] answers;
    private final long[] latencies;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicReference<String> firstLoss = new AtomicReference<>();
    private final long[] ends;
    private volatile long start;

    Exchanges(List<Push> pushes) {
        this.pushes = pushes;
        this.answers = new byte[pushes.size()][];
        this.latencies = new long[pushes.size()];
        this.ends = new long[pushes.size()];
    }

    /** Takes the number of the next push; negative when all are taken. */
    int take() {
        int number = sent.getAndIncrement();
        if (number < pushes.size()) {
            return number;
        }
        sent.decrementAndGet();
        return -1;
    }

    String request(int number) {
        return pushes.get(number).request();
    }

    /** Times are those of {@link System#nanoTime()}. */
    void answered(int number, byte[] answer, long since, long now) {
        answers[number] = answer;
        latencies[number] = now - since;
        ends[number] = now;
    }

    void lost(String why) {
        lost.incrementAndGet();
        firstLoss.compareAndSet(null, why);
    }

    void started(long nanoTime) {
        start = nanoTime;
    }

    /** How long the window was, from the first push sent to the last answer, in seconds. */
    double seconds() {
        return numbers().mapToLong(number -> ends[number] - start).max().orElse(0) / 1e9;
    }

    int answered() {
        return (int) numbers().count();
    }

    /** Latencies, in microseconds. */
    Histogram latencyMicros() {
        Histogram micros = new Histogram(3);
        numbers().forEach(number -> micros.recordValue(TimeUnit.NANOSECONDS.toMicros(latencies[number])));
        return micros;
    }

    /** Checks every answer; a push without one is a fault as well. */
    Faults check(AnswerCheck check) {
        List<String> wrong = numbers()
                .mapToObj(number -> check.problem(pushes.get(number), HttpAnswer.parse(answers[number])))
                .flatMap(Optional::stream)
                .toList();
        int all = wrong.size() + Math.max(lost.get(), sent.get() - answered());
        return new Faults(all, wrong.stream().findFirst().or(() -> Optional.ofNullable(firstLoss.get())));
    }

    private IntStream numbers() {
        return IntStream.range(0, pushes.size()).filter(number -> answers[number] != null);
    }

    /** How many pushes had no right answer, and what was wrong with one of them. */
    record Faults(int count, Optional<String> example) {}
}
