package io.weir;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.client.Issuer;
import io.weir.client.SharedCredentials;

/**
 * Lets a command take part in what the instances share in Redis: it then fetches as one of them, under their lease, and
 * ends nobody's token.
 */
@FunctionalInterface
interface FleetKeeper {
    /** Joins; called only for a configuration with Redis. */
    Future<SharedCredentials> join(Vertx vertx, GatewayConfig config, Issuer issuer);
}
