package io.weir.faults;

import java.util.ArrayList;
import java.util.List;

/** The rows of the table, in its order. */
final class Scenarios {
    private Scenarios() {}

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>(List.of(
                new Nothing(),
                new RedisKilled(),
                new RedisPaused(),
                new RedisHalfOpen(),
                new RedisCut(),
                new RedisSlow(),
                new RedisErrors(),
                new RedisFailover(),
                new RedisClusterFailover(),
                new RedisClockAhead(),
                new RedisAwayInstanceKilled(),
                new RoundRobin(),
                new RoundRobinRedisKilled(),
                new InstanceKilled(),
                new InstanceFrozen(),
                new RollingRestart(),
                new RollingRestartSlow(),
                new RollingUpgrade(),
                new LateUpgrade(),
                new HandlerThrows(),
                new HandlerNever(),
                new HandlerNeverFlood(),
                new HandlerSlow(),
                new HandlerSlowRetry(),
                new HandlerBlocks(),
                new ThreeInstances(),
                new EightAtOnce(),
                new DifferentEvents(),
                new WrongSignatures(),
                new Replay(),
                new Overload(),
                new RetryStorm(),
                new BusyMachine(),
                new SlowBodies(),
                new OutOfMemory(),
                new FileDescriptors()));
        all.addAll(LateKilled.all());
        all.addAll(CopiesAway.all());
        all.addAll(BackendFaults.all());
        return List.copyOf(all);
    }
}
