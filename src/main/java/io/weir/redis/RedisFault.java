package io.weir.redis;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be wrong with Redis, and what the operator can do about it. */
public enum RedisFault {
    /** No connection, or it ended. */
    UNREACHABLE("check that Redis runs, that the address is right and that no firewall stands between"),
    /** Connected, but no answer within the limit. */
    TIMEOUT("Redis is stopped, overloaded or behind a slow network: look at its CPU and at SLOWLOG GET"),
    /** More commands wait for their answers than may. */
    CROWDED("more is asked of Redis than it answers: look at its CPU and at SLOWLOG GET"),
    /** It has no space for a write. */
    OUT_OF_MEMORY("raise maxmemory, or free memory; what Weir keeps is small"),
    /** It is a replica. */
    READ_ONLY("this is a replica: name the master, or the sentinels and the master's name"),
    /** It reads its data from disk. */
    LOADING("Redis reads its data from disk and will be back by itself"),
    /** It wants other credentials. */
    NOT_ALLOWED("check user and password, and that the user may run every command on keys that begin with weir:"),
    /** It is a node of a Redis Cluster, which has a part of the keys only. */
    CLUSTER("Weir does not support Redis Cluster: name a single Redis, or sentinels with the master's name"),
    /** Its TLS certificate is not accepted. */
    CERTIFICATE(
            "check the certificate's dates, that it names the host as redis.uri writes it, and that redis.ca is the file of"
                    + " the CA that signed it"),
    /** It does not know the script; {@link RedisLink#run} sends it then. */
    NO_SCRIPT("none needed: the script is sent again"),
    /** A key holds something else. */
    WRONG_TYPE("another program writes keys that begin with weir: give Weir a database of its own"),
    /** A row that this version of Weir cannot read. */
    OTHER_VERSION(
            "another version of Weir, or another program, writes keys that begin with weir: run one version on all"
                    + " instances, or give each its own database"),
    /** Any other error answer. */
    OTHER("look it up in Redis's log");

    private static final Map<String, RedisFault> CODES = Map.ofEntries(
            Map.entry("OOM", OUT_OF_MEMORY),
            Map.entry("READONLY", READ_ONLY),
            Map.entry("LOADING", LOADING),
            Map.entry("NOAUTH", NOT_ALLOWED),
            Map.entry("WRONGPASS", NOT_ALLOWED),
            Map.entry("NOPERM", NOT_ALLOWED),
            Map.entry("MOVED", CLUSTER),
            Map.entry("ASK", CLUSTER),
            Map.entry("CROSSSLOT", CLUSTER),
            Map.entry("CLUSTERDOWN", CLUSTER),
            Map.entry("NOSCRIPT", NO_SCRIPT),
            Map.entry("WRONGTYPE", WRONG_TYPE));

    /** The driver says which command of several has failed; before version 7 Redis wraps what fails inside a script. */
    private static final Pattern CODE = Pattern.compile(
            "(?:ERR \\[[0-9]+\\] (?=[A-Z]))?(?:ERR Error running script.*?-(?=[A-Z]))?([A-Z]+)\\b.*", Pattern.DOTALL);

    private final String hint;

    RedisFault(String hint) {
        this.hint = hint;
    }

    /** Tells it from the text of an error answer. */
    static RedisFault ofAnswer(String error) {
        return CODES.getOrDefault(codeOf(error), OTHER);
    }

    /** The part of an error answer that quotes no argument. */
    static String codeOf(String error) {
        Matcher code = CODE.matcher(error);
        return code.matches() ? code.group(1) : "ERR";
    }

    /** What the operator can do. */
    public String hint() {
        return hint;
    }

    /** Whether it concerns every command, so that Redis is as good as away. */
    boolean meansAway() {
        return switch (this) {
            case UNREACHABLE, OUT_OF_MEMORY, READ_ONLY, LOADING, NOT_ALLOWED, CLUSTER, CERTIFICATE -> true;
            case TIMEOUT, CROWDED, NO_SCRIPT, WRONG_TYPE, OTHER_VERSION, OTHER -> false;
        };
    }
}
