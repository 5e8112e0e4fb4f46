package io.weir.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.Optional;

/**
 * One connection. The driver's pool has no way to give up a connection on which a command hangs, so each connection has
 * a client of its own, and closing that ends the connection with all that waits on it.
 */
record RedisSession(Redis client, RedisConnection connection, Optional<String> role) {

    Future<Response> send(Request request) {
        return connection.send(request);
    }

    RedisSession withRole(Optional<String> known) {
        return new RedisSession(client, connection, known);
    }

    void close() {
        client.close();
    }
}
