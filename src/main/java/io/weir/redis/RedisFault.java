package io.weir.redis;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be wrong with Redis, and what the operator can do about it. */
public enum RedisFault {
    /** No connection, or it ended. */
    UNREACHABLE(
            "check that Redis runs, that the address is right and that no firewall stands between",
            "请检查 Redis 是否在运行、地址是否正确，以及途中是否有防火墙"),
    /** Connected, but no answer within the limit. */
    TIMEOUT(
            "Redis is stopped, overloaded or behind a slow network: look at its CPU and at SLOWLOG GET",
            "Redis 已停住、过载或网络缓慢：请查看其 CPU 与 SLOWLOG GET"),
    /** More commands wait for their answers than may. */
    CROWDED(
            "more is asked of Redis than it answers: look at its CPU and at SLOWLOG GET",
            "对 Redis 的请求多于它能应答的：请查看其 CPU 与 SLOWLOG GET"),
    /** It has no space for a write. */
    OUT_OF_MEMORY("raise maxmemory, or free memory; what Weir keeps is small", "请调大 maxmemory 或释放内存；Weir 存放的数据很少"),
    /** It is a replica. */
    READ_ONLY("this is a replica: name the master, or the sentinels and the master's name", "这是从节点：请填写主节点，或填写哨兵与主节点名称"),
    /** It reads its data from disk. */
    LOADING("Redis reads its data from disk and will be back by itself", "Redis 正在从磁盘加载数据，完成后会自行恢复"),
    /** It wants other credentials. */
    NOT_ALLOWED(
            "check user and password, and that the user has the rights that conf/redis/weir.acl lists, with your redis.prefix",
            "请检查用户名和密码，以及该用户是否具有 conf/redis/weir.acl 列出的权限（按您的 redis.prefix）"),
    /** It is a node of a Redis Cluster and was not named as one, or the other way round; or the cluster is down. */
    CLUSTER(
            "name the nodes of a Redis Cluster in redis.nodes, and a single Redis in redis.uri; if they are right, look at"
                    + " CLUSTER INFO: a part of the cluster may be down",
            "Redis Cluster 的节点请填写在 redis.nodes，单个 Redis 请填写在 redis.uri；若无误，请查看 CLUSTER INFO：集群可能部分不可用"),
    /** Its TLS certificate is not accepted. */
    CERTIFICATE(
            "check the certificate's dates, that it names the host as redis.uri writes it, and that redis.ca is the file of"
                    + " the CA that signed it",
            "请检查证书的有效期、证书中的主机名是否与 redis.uri 一致，以及 redis.ca 是否为签发它的 CA 的文件"),
    /** It does not know the script; {@link RedisLink#run} sends it then. */
    NO_SCRIPT("none needed: the script is sent again", "无需处理：脚本会再次发送"),
    /** A key holds something else. */
    WRONG_TYPE(
            "another program writes keys that begin with redis.prefix: give Weir another prefix, or a database of its own",
            "有其他程序写入以 redis.prefix 开头的键：请为 Weir 换一个前缀，或使用单独的数据库"),
    /** A row that this version of Weir cannot read. */
    OTHER_VERSION(
            "another version of Weir, or another program, writes keys that begin with redis.prefix: run one version on all"
                    + " instances, or give each its own prefix",
            "另一版本的 Weir 或其他程序写入了以 redis.prefix 开头的键：请让所有实例运行同一版本，或各用各的前缀"),
    /** Any other error answer. */
    OTHER("look it up in Redis's log", "请查看 Redis 的日志");

    private static final Map<String, RedisFault> CODES = Map.ofEntries(
            Map.entry("OOM", OUT_OF_MEMORY),
            Map.entry("READONLY", READ_ONLY),
            Map.entry("LOADING", LOADING),
            Map.entry("NOAUTH", NOT_ALLOWED),
            Map.entry("WRONGPASS", NOT_ALLOWED),
            Map.entry("NOPERM", NOT_ALLOWED),
            Map.entry("MOVED", CLUSTER),
            Map.entry("ASK", CLUSTER),
            Map.entry("CLUSTERDOWN", CLUSTER),
            Map.entry("NOSCRIPT", NO_SCRIPT),
            Map.entry("WRONGTYPE", WRONG_TYPE));

    /** The driver says which command of several has failed; before version 7 Redis wraps what fails inside a script. */
    private static final Pattern CODE = Pattern.compile(
            "(?:ERR \\[[0-9]+\\] (?=[A-Z]))?(?:ERR Error running script.*?-(?=[A-Z]))?([A-Z]+)\\b.*", Pattern.DOTALL);

    private final String hint;
    private final String chineseHint;

    RedisFault(String hint, String chineseHint) {
        this.hint = hint;
        this.chineseHint = chineseHint;
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

    /** The same in Chinese. */
    public String chineseHint() {
        return chineseHint;
    }

    /** Whether it concerns every command, so that Redis is as good as away. */
    boolean meansAway() {
        return switch (this) {
            case UNREACHABLE, OUT_OF_MEMORY, READ_ONLY, LOADING, NOT_ALLOWED, CLUSTER, CERTIFICATE -> true;
            case TIMEOUT, CROWDED, NO_SCRIPT, WRONG_TYPE, OTHER_VERSION, OTHER -> false;
        };
    }
}
