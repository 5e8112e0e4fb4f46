package io.weir.redis;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Redis's time, so that all instances agree and a wrong clock of one machine does not matter: what {@code TIME} said when it was
 * last asked, plus the time that has passed since; the machine's clock until Redis was there for the first time. Right to half
 * of a command's way there and back. Any thread.
 */
public final class RedisClock extends Clock {
    private final RedisLink link;
    private final Clock machine;
    private final LongSupplier nanos;
    private volatile @Nullable TimeReading reading;

    /**
     * Knows nothing of Redis yet, see {@link #ask}.
     *
     * @param machine tells the time until Redis has
     * @param nanos what passes steadily, {@link System#nanoTime}
     */
    public RedisClock(RedisLink link, Clock machine, LongSupplier nanos) {
        this.link = link;
        this.machine = machine;
        this.nanos = nanos;
    }

    /** Asks Redis for its time; now and then. Fails when it does not answer, and what was known before goes on. */
    public Future<Void> ask() {
        long sent = nanos.getAsLong();
        return link.send("TIME").onSuccess(answer -> take(answer, sent)).mapEmpty();
    }

    /** How far the machine's clock is ahead of Redis's; empty as long as that is not known. */
    public Optional<Duration> machineAhead() {
        return Optional.ofNullable(reading)
                .map(known -> Duration.between(known.at(nanos.getAsLong()), machine.instant()));
    }

    @Override
    public Instant instant() {
        TimeReading known = reading;
        return known == null ? machine.instant() : known.at(nanos.getAsLong());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        InstantSource source = () -> RedisClock.this.instant();
        return source.withZone(zone);
    }

    private void take(RedisAnswer answer, long sent) {
        List<RedisAnswer> time = answer.items();
        Instant told = Instant.ofEpochSecond(
                time.get(0).number(), TimeUnit.MICROSECONDS.toNanos(time.get(1).number()));
        long halfWay = (nanos.getAsLong() - sent) / 2;
        reading = new TimeReading(told, sent + halfWay);
    }

    /**
     * An answer of Redis.
     *
     * @param nanos when it was given, about
     */
    private record TimeReading(Instant told, long nanos) {
        Instant at(long now) {
            return told.plusNanos(now - nanos);
        }
    }
}
