package io.weir.redis;

import io.weir.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A real Redis Cluster of three masters, whose failover begins when one was silent for a second. */
public final class RedisCluster implements AutoCloseable {
    private static final int SLOTS = 16_384;
    private static final int MASTERS = 3;
    private static final int SHARE = SLOTS / MASTERS + 1;

    private final List<RedisServer> masters = new ArrayList<>();
    private final List<RedisServer> all = new ArrayList<>();
    private final AtomicInteger names = new AtomicInteger();

    private RedisCluster() {
        for (int each = 0; each < MASTERS; each++) {
            RedisServer master = RedisServer.clusterNode(each * SHARE, Math.min((each + 1) * SHARE, SLOTS) - 1);
            masters.add(master);
            add(master);
        }
    }

    /** Starts one and waits until every node knows it as whole. */
    public static RedisCluster start() {
        return new RedisCluster();
    }

    private void add(RedisServer node) {
        all.add(node);
        node.meet(all.get(0));
        for (RedisServer each : all) {
            each.await("cluster_known_nodes:" + all.size() + "\r\n", "CLUSTER", "INFO");
            if (masters.size() == MASTERS) {
                each.await("cluster_state:ok", "CLUSTER", "INFO");
            }
        }
    }

    /** Gives a master a replica, which takes over when the master is gone. */
    public RedisServer addReplicaOf(RedisServer master) {
        RedisServer replica = RedisServer.clusterNode();
        add(replica);
        replica.await("OK", "CLUSTER", "REPLICATE", master.id());
        replica.await("master_link_status:up", "INFO", "replication");
        return replica;
    }

    public List<RedisServer> masters() {
        return masters;
    }

    /** A name that was not given before, of a key that lies on that master. */
    public String newKeyOn(RedisServer master, String begin) {
        String key;
        do {
            key = begin + "key" + names.incrementAndGet();
        } while (!masters.get(SlotMap.slot(key.getBytes(StandardCharsets.UTF_8)) / SHARE)
                .equals(master));
        return key;
    }

    public RedisConfig config() {
        return RedisConfig.cluster(masters.stream()
                .map(node -> new RedisAddress("127.0.0.1", node.port()))
                .toList());
    }

    /** The same as a user with a password. */
    public RedisConfig config(String user, String password) {
        RedisConfig open = config();
        return new RedisConfig(
                Optional.empty(),
                List.of(),
                open.nodes(),
                Optional.empty(),
                Optional.of(user),
                Optional.of(Secret.of(password)),
                Optional.empty(),
                0,
                false,
                Optional.empty(),
                open.prefix());
    }

    /** The value of {@code redis:} in a configuration file. */
    public String section() {
        return "{ nodes: [\"127.0.0.1:" + masters.get(0).port() + "\"] }";
    }

    @Override
    public void close() {
        all.forEach(RedisServer::close);
    }
}
