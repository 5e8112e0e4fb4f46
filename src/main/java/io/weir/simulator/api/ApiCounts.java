package io.weir.simulator.api;

import java.util.Map;
import java.util.TreeMap;

/**
 * How often each call has been made since the start, faults and refusals included: by the name of the account and the path.
 * What cannot be told to belong to an account is counted under the empty name. Bounded by the table of calls. Any thread.
 */
public final class ApiCounts {
    private final Map<String, Map<String, Long>> byAccount = new TreeMap<>();

    /** How often an account has made a call. */
    public synchronized long of(String accountName, String path) {
        return byAccount.getOrDefault(accountName, Map.of()).getOrDefault(path, 0L);
    }

    /** How often anybody has made a call. */
    public synchronized long total(String path) {
        return byAccount.values().stream()
                .mapToLong(paths -> paths.getOrDefault(path, 0L))
                .sum();
    }

    /** All counts, by account and path. */
    public synchronized Map<String, Map<String, Long>> all() {
        Map<String, Map<String, Long>> copy = new TreeMap<>();
        byAccount.forEach((account, paths) -> copy.put(account, new TreeMap<>(paths)));
        return copy;
    }

    synchronized void add(String accountName, String path) {
        byAccount.computeIfAbsent(accountName, first -> new TreeMap<>()).merge(path, 1L, Long::sum);
    }
}
