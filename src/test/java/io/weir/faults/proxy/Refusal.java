package io.weir.faults.proxy;

import java.util.Set;

/** An error that Redis answers to commands that it does not carry out, and to which commands it does so. */
public enum Refusal {
    OOM("command not allowed when used memory > 'maxmemory'.", Scope.WRITES),
    READONLY("You can't write against a read only replica.", Scope.WRITES),
    LOADING("Redis is loading the dataset in memory", Scope.ALL),
    NOSCRIPT("No matching script. Please use EVAL.", Scope.SCRIPTS_BY_DIGEST),
    WRONGTYPE("Operation against a key holding the wrong kind of value", Scope.KEYS),
    NOAUTH("Authentication required.", Scope.ALL);

    private static final Set<String> HANDSHAKE = Set.of("HELLO", "AUTH", "CLIENT", "QUIT");
    private static final Set<String> KEYLESS =
            Set.of("PING", "INFO", "ROLE", "TIME", "SELECT", "SCRIPT", "COMMAND", "SUBSCRIBE", "UNSUBSCRIBE", "ECHO");
    private static final Set<String> READING =
            Set.of("GET", "MGET", "EXISTS", "TTL", "PTTL", "HGET", "HGETALL", "HMGET", "STRLEN");

    private final String text;
    private final Scope scope;

    Refusal(String text, Scope scope) {
        this.text = text;
        this.scope = scope;
    }

    /** Whether it concerns this command. */
    boolean refuses(String command) {
        boolean keys = !HANDSHAKE.contains(command) && !KEYLESS.contains(command);
        return switch (scope) {
            case ALL -> !HANDSHAKE.contains(command);
            case KEYS -> keys;
            case WRITES -> keys && !READING.contains(command);
            case SCRIPTS_BY_DIGEST -> command.equals("EVALSHA");
        };
    }

    /** As it goes over the wire. */
    String answer() {
        return "-" + name() + " " + text + "\r\n";
    }

    private enum Scope {
        ALL,
        KEYS,
        WRITES,
        SCRIPTS_BY_DIGEST
    }
}
