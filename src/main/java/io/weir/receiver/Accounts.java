package io.weir.receiver;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.config.Nearest;
import io.weir.metrics.DurationHistograms;
import io.weir.metrics.DurationHistograms.Histogram;
import io.weir.metrics.RecentCount;
import io.weir.wechat.codec.Credentials;
import io.weir.wechat.codec.Mode;
import io.weir.wechat.codec.Protection;
import io.weir.wechat.codec.Protection.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The accounts whose pushes this gateway takes, as they are at this moment: one unchangeable map that is swapped whole, so that no
 * request sees half a change. A request keeps what it found when it began. Any thread.
 */
public final class Accounts {
    /** How long pushes took is told apart as far as a percentile needs it; all of {@link DurationHistograms#ANSWER} are among them. */
    public static final List<Duration> BOUNDS = Stream.of(
                    0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0, 2_000.0, 3_000.0, 4_000.0,
                    4_500.0, 5_000.0)
            .map(millis -> Duration.ofNanos((long) (millis * 1e6)))
            .toList();

    private final MeterRegistry metrics;
    private final DurationHistograms durations;
    private volatile Map<String, Account> accounts = Map.of();

    public Accounts(Collection<Credentials> credentials, MeterRegistry metrics) {
        this.metrics = metrics;
        this.durations = DurationHistograms.merged(
                metrics,
                "weir_push_duration_seconds",
                "From the whole request of an accepted push to its answer",
                BOUNDS,
                DurationHistograms.ANSWER);
        replace(credentials);
    }

    /** Puts others in their place. When a token or a key was last seen is kept as long as its account lists it. */
    public synchronized void replace(Collection<Credentials> credentials) {
        Map<String, Account> before = accounts;
        accounts = credentials.stream()
                .map(each -> account(each, before.get(each.account())))
                .collect(Collectors.toUnmodifiableMap(Account::name, Function.identity()));
    }

    /** What has come of an account's pushes, by its credentials; empty where there is no such account. */
    public Optional<LastPushes> lastPushes(String account) {
        return find(account).map(found -> found.usage().lastPushes());
    }

    /** How long accepted pushes took, by account, in buckets up to {@link #BOUNDS}. */
    public Map<String, long[]> durations() {
        return durations.counts();
    }

    /** What pushes of an account are checked against. */
    public Optional<Credentials> credentials(String account) {
        return find(account).map(Account::credentials);
    }

    /** The name that the last part of a path may have been meant to be, else any; empty where there is no account. */
    Optional<String> like(String path) {
        SortedSet<String> names = new TreeSet<>(accounts.keySet());
        return Nearest.of(path.substring(path.lastIndexOf('/') + 1), names)
                .or(() -> names.stream().findFirst());
    }

    Optional<Account> find(String name) {
        return Optional.ofNullable(accounts.get(name));
    }

    private Account account(Credentials credentials, @Nullable Account before) {
        return before == null
                ? new Account(
                        credentials,
                        CredentialUsage.none(credentials, metrics),
                        PushFailures.none(credentials.account(), metrics),
                        dropped(credentials.account()),
                        durations.of(credentials.account()))
                : new Account(
                        credentials,
                        before.usage().carriedOver(credentials),
                        before.failures(),
                        before.dropped(),
                        before.durations());
    }

    private Counter dropped(String account) {
        return Counter.builder("weir.dropped.characters")
                .description("Characters that XML forbids, dropped from accepted pushes")
                .tag("account", account)
                .register(metrics);
    }

    /**
     * An account as the push port sees it.
     *
     * @param credentials what its pushes are checked against
     * @param usage which of them really arrive
     * @param failures what WeChat may raise an alarm for
     * @param dropped counts the characters that XML forbids
     * @param durations from the whole request of an accepted push to its answer
     */
    record Account(
            Credentials credentials,
            CredentialUsage usage,
            PushFailures failures,
            Counter dropped,
            Histogram durations) {
        /** As in the URL. */
        String name() {
            return credentials.account();
        }
    }

    /**
     * What WeChat counts as failures of an account within five minutes, and raises an alarm for at its threshold
     * (alarms-and-formats.md), as far as it is seen from here ({@code weir_alarm_failures}).
     *
     * @param requestTimeout requests that were not answered before their sender hung up, or at all: 请求超时
     * @param badAnswer requests that got a status other than 200: 回应失败
     */
    record PushFailures(RecentCount requestTimeout, RecentCount badAnswer) {
        static PushFailures none(String account, MeterRegistry metrics) {
            PushFailures failures =
                    new PushFailures(new RecentCount(System::nanoTime), new RecentCount(System::nanoTime));
            register(metrics, account, "request_timeout", failures.requestTimeout);
            register(metrics, account, "bad_answer", failures.badAnswer);
            return failures;
        }

        private static void register(MeterRegistry metrics, String account, String kind, RecentCount count) {
            Gauge.builder("weir.alarm.failures", count, RecentCount::sum)
                    .description(
                            "What WeChat may raise an alarm for, within the last five minutes, by its kind of alarm")
                    .tag("account", account)
                    .tag("kind", kind)
                    .register(metrics);
        }
    }

    /**
     * When an account's credentials and forms last came with an accepted push; empty for never since this process began.
     *
     * @param tokens in the order of the account's Tokens
     * @param aesKeys in the order of its keys
     * @param forms what the bodies held; every form
     */
    public record LastPushes(
            List<Optional<Instant>> tokens, List<Optional<Instant>> aesKeys, Map<Form, Optional<Instant>> forms) {
        public LastPushes {
            tokens = List.copyOf(tokens);
            aesKeys = List.copyOf(aesKeys);
            forms = Map.copyOf(forms);
        }
    }

    /**
     * Which credentials of an account really arrive ({@code weir_push_credentials_total}), and when each last did: so that one
     * knows when an old one may go. Any thread.
     */
    static final class CredentialUsage {
        private static final long NEVER = Long.MIN_VALUE;

        private final Credentials credentials;
        private final MeterRegistry metrics;
        private final List<AtomicLong> tokens;
        private final List<AtomicLong> aesKeys;
        private final Map<Form, AtomicLong> forms;
        /** By form, token and key; each is there when it was seen. */
        private final Map<Form, AtomicReferenceArray<Counter>> counters = new EnumMap<>(Form.class);

        private CredentialUsage(
                Credentials credentials,
                MeterRegistry metrics,
                List<AtomicLong> tokens,
                List<AtomicLong> aesKeys,
                Map<Form, AtomicLong> forms) {
            this.credentials = credentials;
            this.metrics = metrics;
            this.tokens = tokens;
            this.aesKeys = aesKeys;
            this.forms = forms;
            for (Form form : Form.values()) {
                counters.put(form, new AtomicReferenceArray<>(tokens.size() * (aesKeys.size() + 1)));
            }
        }

        /** Nothing has been seen yet. */
        static CredentialUsage none(Credentials credentials, MeterRegistry metrics) {
            Map<Form, AtomicLong> forms = cells();
            Gauge.builder("weir.last.push.timestamp", forms, CredentialUsage::lastSeconds)
                    .description("When the last push of an account was accepted here; 0 for never since the start")
                    .baseUnit("seconds")
                    .tag("account", credentials.account())
                    .register(metrics);
            CredentialUsage usage = new CredentialUsage(
                    credentials,
                    metrics,
                    cells(credentials.tokens(), List.of(), List.of()),
                    cells(credentials.aesKeys(), List.of(), List.of()),
                    forms);
            boolean plain = credentials.mode() == Mode.PLAINTEXT
                    || credentials.aesKeys().isEmpty();
            usage.counter(new Protection(1, plain ? 0 : 1, plain ? Form.PLAINTEXT : Form.ENCRYPTED));
            return usage;
        }

        private static double lastSeconds(Map<Form, AtomicLong> forms) {
            long last = forms.values().stream().mapToLong(AtomicLong::get).max().orElse(NEVER);
            return last == NEVER ? 0 : last / 1_000.0;
        }

        /** For the same account with other credentials: what it keeps keeps its time, at whatever position. */
        CredentialUsage carriedOver(Credentials next) {
            return new CredentialUsage(
                    next,
                    metrics,
                    cells(next.tokens(), credentials.tokens(), tokens),
                    cells(next.aesKeys(), credentials.aesKeys(), aesKeys),
                    forms);
        }

        /** Notes an accepted push. */
        void note(Protection protection, Instant now) {
            long millis = now.toEpochMilli();
            tokens.get(protection.token() - 1).lazySet(millis);
            if (protection.key() > 0) {
                aesKeys.get(protection.key() - 1).lazySet(millis);
            }
            cell(forms, protection.form()).lazySet(millis);
            counter(protection).increment();
        }

        LastPushes lastPushes() {
            Map<Form, Optional<Instant>> byForm = new EnumMap<>(Form.class);
            forms.forEach((form, cell) -> byForm.put(form, time(cell)));
            return new LastPushes(
                    tokens.stream().map(CredentialUsage::time).toList(),
                    aesKeys.stream().map(CredentialUsage::time).toList(),
                    byForm);
        }

        private static Map<Form, AtomicLong> cells() {
            Map<Form, AtomicLong> cells = new EnumMap<>(Form.class);
            for (Form form : Form.values()) {
                cells.put(form, new AtomicLong(NEVER));
            }
            return cells;
        }

        private static <T> T cell(Map<Form, T> cells, Form form) {
            return Objects.requireNonNull(cells.get(form));
        }

        private static <T> List<AtomicLong> cells(List<T> now, List<T> before, List<AtomicLong> previous) {
            return now.stream()
                    .map(before::indexOf)
                    .map(at -> at < 0 ? new AtomicLong(NEVER) : previous.get(at))
                    .toList();
        }

        private static Optional<Instant> time(AtomicLong cell) {
            return Optional.of(cell.get()).filter(millis -> millis != NEVER).map(Instant::ofEpochMilli);
        }

        private Counter counter(Protection protection) {
            AtomicReferenceArray<Counter> row = cell(counters, protection.form());
            int index = (protection.token() - 1) * (aesKeys.size() + 1) + protection.key();
            Counter found = row.get(index);
            if (found == null) {
                found = registered(protection);
                row.set(index, found);
            }
            return found;
        }

        private Counter registered(Protection protection) {
            return Counter.builder("weir.push.credentials")
                    .description(
                            "Accepted attempts, by the position of their token and key in the account's lists, and form")
                    .tag("account", credentials.account())
                    .tag("token", Integer.toString(protection.token()))
                    .tag("key", protection.key() == 0 ? "none" : Integer.toString(protection.key()))
                    .tag("form", protection.form().name().toLowerCase(Locale.ROOT))
                    .register(metrics);
        }
    }
}
