package io.weir.bench;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The CPU time that a Redis's process says it has used. */
final class RedisCpu implements AutoCloseable {
    private static final Pattern SECONDS = Pattern.compile("used_cpu_(?:user|sys):([0-9.]+)");

    private final Vertx vertx = Vertx.vertx();
    private final Redis redis;

    RedisCpu(String uri) {
        this.redis = Redis.createClient(vertx, uri);
    }

    /** User and system time since its start, in microseconds. */
    double micros() {
        String info = redis.send(Request.cmd(Command.INFO).arg("cpu")).await().toString();
        Matcher found = SECONDS.matcher(info);
        double seconds = 0;
        while (found.find()) {
            seconds += Double.parseDouble(found.group(1));
        }
        return seconds * 1e6;
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
