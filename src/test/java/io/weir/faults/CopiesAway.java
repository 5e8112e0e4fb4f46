package io.weir.faults;

import io.weir.faults.fleet.CopyReceiver;
import io.weir.faults.fleet.CopyReceiver.Copy;
import io.weir.faults.push.Attempt;
import io.weir.redis.RedisServer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A backend that gets copies is away and comes back; in one of the rows Redis is killed meanwhile. An hour would be no different: what
 * was tried once waits 5 s, as Standard Webhooks has it, what was tried twice 5 minutes. Here it is away for so long that most copies
 * were tried once at most.
 */
final class CopiesAway implements Scenario {
    private static final int RATE = 60;
    private static final int SENDERS = 40;
    private static final Duration AWAY = Duration.ofSeconds(4);
    /** The pauses after two attempts, and the journal's way through the spool. */
    private static final Duration ARRIVED = Duration.ofSeconds(40);

    private final boolean redisAsWell;

    private CopiesAway(boolean redisAsWell) {
        this.redisAsWell = redisAsWell;
    }

    static List<Scenario> all() {
        return List.of(new CopiesAway(false), new CopiesAway(true));
    }

    @Override
    public String name() {
        return redisAsWell ? "copies-away-redis-killed" : "copies-away";
    }

    @Override
    public String fault() {
        return "a backend that gets copies is away for 4 s" + (redisAsWell ? ", Redis is killed meanwhile" : "");
    }

    @Override
    public String promise() {
        return "every copy arrives, in the order of its sender, twice only with the mark; late, failed, lost, duplicate 0";
    }

    @Override
    public Verdict run(Stage stage) {
        try (RedisServer redis = redisAsWell ? LateKilled.keepingItsData() : RedisServer.start();
                CopyReceiver crm = new CopyReceiver();
                Trial trial = Trial.startWith(stage, this, redis, crm.configuration())) {
            crm.start();
            AtomicLong number = new AtomicLong();
            trial.send(RATE, () -> {
                long next = number.incrementAndGet();
                return trial.pusher()
                        .deliver(
                                trial.mill().text(next, "oCopied" + next % SENDERS, ""),
                                trial.fleet().port());
            });
            trial.goOn(stage.seconds(9));
            crm.stop();
            breakRedis(trial, redis);
            crm.start();
            Verdict verdict = trial.faultEnded().goOn(stage.seconds(9)).end();
            Set<String> sent = trial.attempts().stream().map(Attempt::push).collect(Collectors.toSet());
            Trial.within(ARRIVED, () -> pushes(crm).containsAll(sent));
            return judge(crm, sent, verdict.flawless());
        }
    }

    private void breakRedis(Trial trial, RedisServer redis) {
        if (redisAsWell) {
            trial.goOn(AWAY.dividedBy(2));
            redis.kill();
            trial.goOn(AWAY.dividedBy(2));
            redis.restart();
        } else {
            trial.goOn(AWAY);
        }
    }

    private static Set<String> pushes(CopyReceiver crm) {
        return crm.copies().stream().map(Copy::push).collect(Collectors.toSet());
    }

    private static Verdict judge(CopyReceiver crm, Set<String> sent, Verdict verdict) {
        Set<String> seen = new HashSet<>();
        long again = 0;
        long unmarked = 0;
        for (Copy each : crm.copies()) {
            if (!seen.add(each.push())) {
                again++;
                unmarked += each.redelivered() ? 0 : 1;
            }
        }
        return verdict.note("copies", crm.copies().size())
                .note("copies twice, marked", again - unmarked)
                .equal(
                        "copies that never came",
                        sent.stream().filter(push -> !seen.contains(push)).count(),
                        0)
                .equal("copies twice without the mark", unmarked, 0)
                .equal("copies out of their sender's order", outOfOrder(crm.copies()), 0);
    }

    /** Of the first time that each has come. */
    private static long outOfOrder(List<Copy> copies) {
        Set<String> seen = new HashSet<>();
        return copies.stream()
                .filter(each -> each.openId().startsWith("oCopied") && seen.add(each.push()))
                .collect(Collectors.groupingBy(Copy::openId))
                .values()
                .stream()
                .mapToLong(ofOne ->
                        descents(ofOne, each -> Long.parseLong(each.push().replaceFirst(".*-", ""))))
                .sum();
    }

    private static long descents(List<Copy> copies, Function<Copy, Long> number) {
        long descents = 0;
        for (int i = 1; i < copies.size(); i++) {
            descents += number.apply(copies.get(i)) < number.apply(copies.get(i - 1)) ? 1 : 0;
        }
        return descents;
    }
}
