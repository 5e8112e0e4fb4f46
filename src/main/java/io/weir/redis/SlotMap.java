package io.weir.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.impl.RequestImpl;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which node of a Redis Cluster has which of the 16,384 parts of the keys, as a node has told it. */
final class SlotMap {
    private static final int SLOTS = 16_384;
    /** A node with one slot is found with so many names, most likely. */
    private static final int MOST_NAMES = 200_000;
    /** As in {@code XINFO STREAM key}; the driver does not find it. */
    private static final Set<Command> KEY_BEHIND_THEIR_KIND = Set.of(Command.XGROUP, Command.XINFO, Command.MEMORY);

    private final @Nullable RedisAddress[] owners = new RedisAddress[SLOTS];
    private final Set<RedisAddress> masters = new LinkedHashSet<>();
    private final Set<RedisAddress> nodes = new LinkedHashSet<>();

    private SlotMap() {}

    /**
     * Reads the answer to {@code CLUSTER SLOTS}.
     *
     * @param asked who gave it; a node that does not know its own name stands there without one
     * @throws RedisException where that node knows of no slot
     */
    static SlotMap read(RedisAnswer answer, RedisAddress asked) {
        SlotMap map = new SlotMap();
        answer.items().stream()
                .map(RedisAnswer::items)
                .sorted((one, other) ->
                        Long.compare(one.get(0).number(), other.get(0).number()))
                .forEach(range -> map.add(range, asked));
        if (map.masters.isEmpty()) {
            throw new RedisException(RedisFault.CLUSTER, "this node belongs to no Redis Cluster yet");
        }
        return map;
    }

    /** First and last slot, the master, its replicas. */
    private void add(List<RedisAnswer> range, RedisAddress asked) {
        RedisAddress master = address(range.get(2), asked);
        masters.add(master);
        range.subList(2, range.size()).forEach(node -> nodes.add(address(node, asked)));
        Arrays.fill(
                owners,
                Math.toIntExact(range.get(0).number()),
                Math.toIntExact(range.get(1).number()) + 1,
                master);
    }

    private static RedisAddress address(RedisAnswer node, RedisAddress asked) {
        List<RedisAnswer> parts = node.items();
        String host = parts.get(0).text().filter(name -> !name.isEmpty()).orElse(asked.host());
        return new RedisAddress(host, Math.toIntExact(parts.get(1).number()));
    }

    /** The slot of the first key of a command; empty for a command without a key, which any node carries out. */
    static Optional<Integer> slotOf(Request request) {
        RequestImpl command = (RequestImpl) request;
        if (KEY_BEHIND_THEIR_KIND.contains(command.command())) {
            return Optional.of(slot(command.getArgs().get(1)));
        }
        List<byte[]> keys = command.keys();
        return keys.isEmpty() ? Optional.empty() : Optional.of(slot(keys.get(0)));
    }

    /** CRC-16/XMODEM of the key, or of the first text between braces in it. */
    static int slot(byte[] key) {
        int open = indexOf('{', key, 0);
        int close = open < 0 ? -1 : indexOf('}', key, open);
        boolean isTagged = close > open + 1;
        int sum = 0;
        for (int at = isTagged ? open + 1 : 0; at < (isTagged ? close : key.length); at++) {
            sum ^= (key[at] & 0xff) << 8;
            for (int bit = 0; bit < 8; bit++) {
                sum = (sum & 0x8000) == 0 ? sum << 1 : (sum << 1) ^ 0x1021;
            }
        }
        return sum & (SLOTS - 1);
    }

    private static int indexOf(char sought, byte[] key, int from) {
        int at = from;
        while (at < key.length && key[at] != sought) {
            at++;
        }
        return at == key.length ? -1 : at;
    }

    /** Empty while no node has it. */
    Optional<RedisAddress> owner(int slot) {
        return Optional.ofNullable(owners[slot]);
    }

    boolean isWhole() {
        return Arrays.stream(owners).allMatch(owner -> owner != null);
    }

    /** By their first slots, the same at every instance. */
    Set<RedisAddress> masters() {
        return masters;
    }

    /** With the replicas. */
    Set<RedisAddress> nodes() {
        return nodes;
    }

    /** A name that begins so and lies on that node; any, where the node has no slots. */
    String keyOn(RedisAddress node, String begin) {
        for (int each = 0; each < MOST_NAMES && masters.contains(node); each++) {
            String name = begin + "{" + each + "}";
            if (node.equals(owners[slot(name.getBytes(StandardCharsets.UTF_8))])) {
                return name;
            }
        }
        return begin;
    }
}
