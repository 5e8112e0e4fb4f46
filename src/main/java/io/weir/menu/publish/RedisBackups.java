package io.weir.menu.publish;

import io.vertx.core.Future;
import io.weir.client.Json;
import io.weir.config.AccountConfig;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisScript;
import java.util.List;

/** The latest backups in Redis, for all instances: the list <code>weir:{appId}:menu:backups</code>, newest first. */
final class RedisBackups implements MenuBackups {
    private static final int MOST = 50;

    private static final RedisScript KEEP = RedisScript.of("""
            redis.call('LPUSH', KEYS[1], ARGV[1])
            redis.call('LTRIM', KEYS[1], 0, ARGV[2] - 1)
            return 1
            """);

    private final RedisLink redis;

    RedisBackups(RedisLink redis) {
        this.redis = redis;
    }

    @Override
    public Future<Void> keep(AccountConfig account, MenuBackup backup) {
        return redis.attempted()
                .compose(tried -> redis.run(
                        KEEP, List.of(key(account)), List.of(backup.toJson().toString(), String.valueOf(MOST))))
                .mapEmpty();
    }

    @Override
    public Future<List<MenuBackup>> all(AccountConfig account) {
        return redis.attempted()
                .compose(tried -> redis.send("LRANGE", key(account), "0", String.valueOf(MOST - 1)))
                .map(answer -> answer.items().stream()
                        .flatMap(item -> item.text().stream())
                        .flatMap(text -> Json.read(text).stream())
                        .flatMap(json -> MenuBackup.read(json).stream())
                        .toList());
    }

    private static String key(AccountConfig account) {
        return "weir:{" + account.appId() + "}:menu:backups";
    }
}
