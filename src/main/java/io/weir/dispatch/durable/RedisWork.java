package io.weir.dispatch.durable;

import io.vertx.core.Future;
import io.weir.dispatch.Throttle;
import io.weir.dispatch.durable.SpoolDrain.Drained;
import io.weir.redis.RedisAnswer;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work in Redis Streams: {@code weir:{APPID}:work} has what is to be handled to the end, its consumer group {@code weir} an owner for each
 * entry; {@code weir:{APPID}:journal} has what was kept, for as long as it may be looked up; {@code weir:{APPID}:failures} and {@code
 * weir:{APPID}:dead} what became of handlers that failed. All lie in one slot.
 *
 * <p>An entry belongs to the consumer of its instance as long as that renews it. Nothing reads the group in the usual way: an entry is
 * given to its owner as it is written, so the group's last id means nothing, and {@link #lookAfter} uses it to find entries that the group
 * has lost.
 */
public final class RedisWork implements DurableWork {
    /** So that there is time left for the spool before WeChat hangs up. */
    private static final Duration TO_KEEP = Duration.ofMillis(250);

    private static final Duration TO_TELL = Duration.ofSeconds(2);
    private static final int MOST_AT_ONCE = 100;
    private static final int MOST_UNTOLD = 1 << 16;
    private static final String GROUP = "weir";
    private static final Logger LOG = LoggerFactory.getLogger(RedisWork.class);
    private static final Throttle LINES = new Throttle(Duration.ofMinutes(1), 50);

    /** KEYS: work, journal. ARGV: owner or nothing, whether to journal, the oldest id of the journal, the fields. */
    private static final RedisScript KEEP = RedisScript.of("""
            local fields = {}
            for i = 4, #ARGV do fields[#fields + 1] = ARGV[i] end
            local id = ''
            if ARGV[1] ~= '' then
              id = redis.call('XADD', KEYS[1], '*', unpack(fields))
              local given = redis.pcall('XCLAIM', KEYS[1], 'weir', ARGV[1], 0, id, 'FORCE', 'JUSTID')
              if given.err then
                redis.call('XGROUP', 'CREATE', KEYS[1], 'weir', '0')
                redis.call('XCLAIM', KEYS[1], 'weir', ARGV[1], 0, id, 'FORCE', 'JUSTID')
              end
            end
            if ARGV[2] == '1' then
              redis.call('XADD', KEYS[2], 'MINID', '~', ARGV[3], '*', unpack(fields))
            end
            return id
            """);

    /** KEYS: work, failures. ARGV: id. The entry goes first: one that is gone is not taken over, one that nobody owns is. */
    private static final RedisScript DONE = RedisScript.of("""
            redis.call('XDEL', KEYS[1], ARGV[1])
            redis.call('HDEL', KEYS[2], ARGV[1])
            return redis.pcall('XACK', KEYS[1], 'weir', ARGV[1]) and 1
            """);

    /** KEYS: work, failures, dead. ARGV: id, failures, what to remember of the failure, the oldest id of the dead, fields if it is dead. */
    private static final RedisScript FAILED = RedisScript.of("""
            if #ARGV == 4 then
              return redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
            end
            local fields = {}
            for i = 5, #ARGV do fields[#fields + 1] = ARGV[i] end
            redis.call('XADD', KEYS[3], 'MINID', '~', ARGV[4], '*', unpack(fields))
            redis.call('XDEL', KEYS[1], ARGV[1])
            redis.call('HDEL', KEYS[2], ARGV[1])
            return redis.pcall('XACK', KEYS[1], 'weir', ARGV[1]) and 1
            """);

    /**
     * KEYS: work, failures. ARGV: owner, lease in milliseconds, cursor, how many. One XAUTOCLAIM looks at ten times as many entries as it
     * may take: where thousands belong to the living, what the dead have left is found behind them within seconds.
     */
    private static final RedisScript TAKE = RedisScript.of("""
            local cursor, most, entries, failures = ARGV[3], tonumber(ARGV[4]), {}, {}
            for look = 1, 30 do
              local left = most - #entries
              local taken = redis.pcall('XAUTOCLAIM', KEYS[1], 'weir', ARGV[1], ARGV[2], cursor, 'COUNT', left)
              if taken.err then
                redis.call('XGROUP', 'CREATE', KEYS[1], 'weir', '0', 'MKSTREAM')
                return {'0-0', {}, {}}
              end
              cursor = taken[1]
              for _, entry in ipairs(taken[2]) do
                entries[#entries + 1] = entry
                failures[#entries] = redis.call('HGET', KEYS[2], entry[1]) or ''
              end
              if cursor == '0-0' or #entries >= most then break end
            end
            return {cursor, entries, failures}
            """);

    /** KEYS: work, journal. ARGV: owner, bytes. Entries of living owners come along; those renew them soon. */
    private static final RedisScript LOOK_AFTER = RedisScript.of("""
            local entries = redis.call('XLEN', KEYS[1])
            local given = redis.pcall('XPENDING', KEYS[1], 'weir')
            if entries > 0 and (given.err or given[1] < entries) then
              if given.err then redis.call('XGROUP', 'CREATE', KEYS[1], 'weir', '0') end
              redis.call('XGROUP', 'SETID', KEYS[1], 'weir', '0')
              for i = 1, 20 do
                local read = redis.call('XREADGROUP', 'GROUP', 'weir', ARGV[1], 'COUNT', 1000, 'STREAMS', KEYS[1], '>')
                if not read then break end
              end
            end
            local bytes = redis.call('MEMORY', 'USAGE', KEYS[2])
            if bytes and bytes > tonumber(ARGV[2]) then
              local kept = redis.call('XLEN', KEYS[2])
              redis.call('XTRIM', KEYS[2], 'MAXLEN', '~', math.floor(kept * 0.9 * tonumber(ARGV[2]) / bytes))
            end
            return entries
            """);

    private final RedisLink redis;
    private final String owner;
    private final Map<String, String> appIds;
    private final JournalConfig retention;
    private final LongSupplier clockMillis;
    private final Map<Ticket, Long> owned = new ConcurrentHashMap<>();
    private final Map<Ticket, Boolean> untold = new ConcurrentHashMap<>();
    private final Map<String, String> cursors = new ConcurrentHashMap<>();
    private final HandlerDeaths deaths = new HandlerDeaths();
    private final Map<String, AtomicInteger> pending = new ConcurrentHashMap<>();

    /**
     * The work of these accounts.
     *
     * @param owner name of this instance, like no other's and new at each start
     * @param appIds by the accounts' names
     * @param clockMillis Redis's time, in milliseconds since 1970
     */
    public RedisWork(
            RedisLink redis,
            String owner,
            Map<String, String> appIds,
            JournalConfig retention,
            LongSupplier clockMillis) {
        this.redis = redis;
        this.owner = owner;
        this.appIds = Map.copyOf(appIds);
        this.retention = retention;
        this.clockMillis = clockMillis;
    }

    private String key(String account, String what) {
        return redis.key("{" + appIds.get(account) + "}:" + what);
    }

    /** What was kept, for whoever looks it up. */
    RedisJournal journal() {
        return new RedisJournal(redis, owner, appIds);
    }

    /** The copies of what was kept. */
    public CopyQueue copies() {
        return new RedisCopies(redis, owner, appIds, retention, clockMillis);
    }

    // --- operations

    @Override
    public Future<Ticket> keep(StoredPush push, Set<Use> uses) {
        return keep(push, uses, Map.of());
    }

    private Future<Ticket> keep(StoredPush push, Set<Use> uses, Map<String, String> more) {
        boolean work = uses.contains(Use.WORK);
        List<String> arguments = new ArrayList<>(
                List.of(work ? owner : "", uses.contains(Use.JOURNAL) ? "1" : "0", oldest(retention.keep())));
        push.fields().forEach((name, value) -> {
            arguments.add(name);
            arguments.add(value);
        });
        more.forEach((name, value) -> arguments.addAll(List.of(name, value)));
        List<String> keys = List.of(key(push.account(), "work"), key(push.account(), "journal"));
        return redis.run(TO_KEEP, KEEP, keys, arguments).map(id -> {
            Ticket ticket = new Ticket(push.account(), id.text().orElse(""));
            if (work) {
                own(ticket);
            }
            return ticket;
        });
    }

    /** Whether Redis can be asked, as far as is known. */
    boolean isThere() {
        return !redis.isAway();
    }

    /** Keeps what a spool has kept; whoever comes first takes it over, or looks the dead letter up. */
    Future<Void> take(Drained drained) {
        // Redis may have taken it before, without a word.
        Map<String, String> more = new HashMap<>(Map.of(RedisCopies.REPEATED, "1"));
        drained.backend().ifPresent(name -> more.put(RedisCopies.BACKEND, name));
        if (drained.dead()) {
            boolean journal =
                    drained.uses().contains(Use.WORK) && drained.uses().contains(Use.JOURNAL);
            return bury(drained)
                    .compose(buried -> journal
                            ? keep(drained.push(), Set.of(Use.JOURNAL), more).mapEmpty()
                            : Future.succeededFuture());
        }
        return keep(drained.push(), drained.uses(), more).compose(ticket -> {
            release(ticket);
            return drained.failures() == 0 || ticket.text().isEmpty()
                    ? Future.succeededFuture()
                    : redis.send(
                                    TO_TELL,
                                    "HSET",
                                    key(ticket.account(), "failures"),
                                    ticket.text(),
                                    new Failures(drained.failures(), clockMillis.getAsLong(), drained.error()).text())
                            .mapEmpty();
        });
    }

    private Future<Void> bury(Drained drained) {
        StoredPush push = drained.push();
        List<String> arguments =
                new ArrayList<>(List.of(key(push.account(), "dead"), "MINID", "~", oldest(retention.keepDead()), "*"));
        dead(push, drained.failures(), drained.error().orElse(""), arguments);
        drained.backend().ifPresent(name -> arguments.addAll(List.of(RedisCopies.BACKEND, name)));
        return redis.send(TO_TELL, "XADD", arguments.toArray(String[]::new)).mapEmpty();
    }

    private static void dead(StoredPush push, int failures, String error, List<String> to) {
        push.fields().forEach((name, value) -> {
            to.add(name);
            to.add(value);
        });
        to.addAll(List.of("f", String.valueOf(failures), "e", error));
    }

    private String oldest(Duration keep) {
        return String.valueOf(Math.max(0, clockMillis.getAsLong() - keep.toMillis()));
    }

    @Override
    public void own(Ticket ticket) {
        owned.put(ticket, clockMillis.getAsLong());
    }

    @Override
    public void release(Ticket ticket) {
        owned.remove(ticket);
    }

    @Override
    public Future<Void> done(Ticket ticket) {
        owned.remove(ticket);
        List<String> keys = List.of(key(ticket.account(), "work"), key(ticket.account(), "failures"));
        return redis.run(TO_TELL, DONE, keys, List.of(ticket.text()))
                .onSuccess(told -> untold.remove(ticket))
                .onFailure(away -> tellLater(ticket))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    /** What is not told any more, since there is too much of it, is taken over and run again, marked. */
    private void tellLater(Ticket ticket) {
        if (untold.size() < MOST_UNTOLD) {
            untold.put(ticket, true);
        }
    }

    @Override
    public Future<Void> failed(Ticket ticket, StoredPush push, String error) {
        return failures(ticket).compose(before -> {
            int failures = before.count + 1;
            long now = clockMillis.getAsLong();
            List<String> arguments = new ArrayList<>(List.of(
                    ticket.text(),
                    String.valueOf(failures),
                    new Failures(failures, now, Optional.of(error)).text(),
                    oldest(retention.keepDead())));
            if (RetryPauses.isOver(failures)) {
                dead(push, failures, error, arguments);
            }
            List<String> keys = List.of(
                    key(ticket.account(), "work"), key(ticket.account(), "failures"), key(ticket.account(), "dead"));
            return redis.run(TO_TELL, FAILED, keys, arguments)
                    .onSuccess(written -> owned.remove(ticket))
                    .onSuccess(written -> deaths.tell(push, failures, error))
                    .mapEmpty();
        });
    }

    HandlerDeaths deaths() {
        return deaths;
    }

    private Future<Failures> failures(Ticket ticket) {
        return redis.send(TO_TELL, "HGET", key(ticket.account(), "failures"), ticket.text())
                .map(answer -> Failures.parse(answer.text().orElse("")));
    }

    /** How often a handler has failed, and when it did last. */
    private record Failures(int count, long lastMillis, Optional<String> error) {
        String text() {
            return count + " " + lastMillis + " " + error.orElse("");
        }

        static Failures parse(String text) {
            String[] parts = text.split(" ", 3);
            try {
                return parts.length < 3
                        ? new Failures(0, 0, Optional.empty())
                        : new Failures(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), Optional.of(parts[2]));
            } catch (NumberFormatException e) {
                return new Failures(0, 0, Optional.empty());
            }
        }
    }

    // --- taking over

    @Override
    public Future<List<Abandoned>> takeOver(String account, int most) {
        List<String> keys = List.of(key(account, "work"), key(account, "failures"));
        List<String> arguments = List.of(
                owner,
                String.valueOf(LEASE.toMillis()),
                cursors.getOrDefault(account, "0-0"),
                String.valueOf(Math.min(most, MOST_AT_ONCE)));
        return redis.run(TO_TELL, TAKE, keys, arguments).map(answer -> {
            List<RedisAnswer> parts = answer.items();
            cursors.put(account, parts.get(0).text().orElse("0-0"));
            return due(account, parts.get(1).items(), parts.get(2).items());
        });
    }

    private List<Abandoned> due(String account, List<RedisAnswer> entries, List<RedisAnswer> failures) {
        long now = clockMillis.getAsLong();
        List<Abandoned> due = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            List<RedisAnswer> idAndFields = entries.get(i).items();
            Ticket ticket = new Ticket(account, idAndFields.get(0).text().orElse(""));
            Failures failed = Failures.parse(failures.get(i).text().orElse(""));
            boolean paused =
                    now - failed.lastMillis < RetryPauses.after(failed.count).toMillis();
            if (!paused && !owned.containsKey(ticket)) {
                Map<String, String> fields = idAndFields.get(1).fields();
                StoredPush.of(account, fields)
                        .ifPresentOrElse(
                                push -> {
                                    own(ticket);
                                    Duration kept = Duration.ofMillis(Math.max(0, now - millis(ticket.text())));
                                    boolean replay = fields.containsKey(RedisJournal.REPLAY);
                                    due.add(new Abandoned(ticket, push, failed.count, failed.error, kept, replay));
                                },
                                () -> tellUnreadable(account));
            }
        }
        return due;
    }

    private static void tellUnreadable(String account) {
        LINES.admit("version " + account, System.nanoTime())
                .ifPresent(heldBack -> LOG.atWarn()
                        .addKeyValue("account", account)
                        .addKeyValue("suppressed", heldBack)
                        .log("work of another version is left to that"));
    }

    /** When an entry of that id was written. */
    static long millis(String id) {
        return Long.parseLong(id.substring(0, Math.max(0, id.indexOf('-'))));
    }

    // --- what is done steadily

    /** Renews what is this instance's, and tells what could not be told. Called every {@link WorkOrSpool#RENEWAL}. */
    Future<?> renew() {
        untold.keySet().forEach(this::done);
        Map<String, List<String>> byAccount = new HashMap<>();
        owned.keySet()
                .forEach(ticket -> byAccount
                        .computeIfAbsent(ticket.account(), each -> new ArrayList<>())
                        .add(ticket.text()));
        List<Future<?>> all = new ArrayList<>();
        byAccount.forEach((account, ids) -> all.add(claim(account, ids, "JUSTID")));
        return Future.join(all);
    }

    /** Leaves everything to others at once: this instance stops. */
    public Future<Void> releaseAll() {
        Map<String, List<String>> byAccount = new HashMap<>();
        owned.keySet()
                .forEach(ticket -> byAccount
                        .computeIfAbsent(ticket.account(), each -> new ArrayList<>())
                        .add(ticket.text()));
        owned.clear();
        List<Future<?>> all = new ArrayList<>();
        byAccount.forEach((account, ids) -> all.add(
                claim(account, ids, "IDLE", String.valueOf(LEASE.multipliedBy(2).toMillis()), "JUSTID")));
        return Future.join(all).<Void>mapEmpty().otherwiseEmpty();
    }

    /** Names the entries' owner anew; also where the group has lost them. */
    private Future<?> claim(String account, List<String> ids, String... how) {
        List<Future<?>> all = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += MOST_AT_ONCE) {
            List<String> command = new ArrayList<>(List.of(key(account, "work"), GROUP, owner, "0"));
            command.addAll(ids.subList(from, Math.min(ids.size(), from + MOST_AT_ONCE)));
            command.addAll(List.of(how));
            command.add("FORCE");
            all.add(redis.send(TO_TELL, "XCLAIM", command.toArray(String[]::new))
                    .otherwiseEmpty());
        }
        return Future.join(all);
    }

    /**
     * Finds entries that no consumer has, since the group was deleted, and gives them to this instance, which leaves them to whoever
     * takes over first; and trims the journal to the memory that it may take. Called once in a while.
     *
     * @return how many entries of work there are
     */
    Future<Integer> lookAfter(String account) {
        List<String> keys = List.of(key(account, "work"), key(account, "journal"));
        return redis.run(TO_TELL, LOOK_AFTER, keys, List.of(owner, String.valueOf(retention.maxMemory())))
                .map(entries -> (int) entries.number())
                .onSuccess(entries -> entries(account, entries));
    }

    private void entries(String account, int entries) {
        pending.computeIfAbsent(account, each -> new AtomicInteger()).set(entries);
    }

    /** How many entries of work there were when it was last looked after. */
    int pending(String account) {
        AtomicInteger known = pending.get(account);
        return known == null ? 0 : known.get();
    }
}
