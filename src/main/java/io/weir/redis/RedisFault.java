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
    /** It has no room for a write. */
    OUT_OF_MEMORY("raise maxmemory, or free memory; what Weir keeps is small"),
    /** It is a replica. */
    READ_ONLY("this is a replica: name the master, or the sentinels and the master's name"),
    /** It reads its data from disk. */
    LOADING("Redis reads its data from disk and will be back by itself"),
    /** It wants other credentials. */
    NOT_ALLOWED("check user and password, and that the user may run every command on keys that begin with weir:"),
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

    private static final Map<String, RedisFault> CODES = Map.of(
            "OOM", OUT_OF_MEMORY,
            "READONLY", READ_ONLY,
            "LOADING", LOADING,
            "NOAUTH", NOT_ALLOWED,
            "WRONGPASS", NOT_ALLOWED,
            "NOPERM", NOT_ALLOWED,
            "NOSCRIPT", NO_SCRIPT,
            "WRONGTYPE", WRONG_TYPE);

    /** Before version 7 Redis wraps what fails inside a script. */
    private static final Pattern CODE =
            Pattern.compile("(?:ERR Error running script.*?-(?=[A-Z]))?([A-Z]+)\\b.*", Pattern.DOTALL);

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

    /** Whether it is Redis that is unwell, not one command. */
    boolean concernsEveryCommand() {
        return this != NO_SCRIPT && this != WRONG_TYPE && this != OTHER_VERSION && this != OTHER;
    }

    /** Whether another connection may help: to a process that answers, to the new master, with the new password. */
    boolean asksForANewConnection() {
        return this == UNREACHABLE || this == TIMEOUT || this == READ_ONLY || this == NOT_ALLOWED;
    }
}
