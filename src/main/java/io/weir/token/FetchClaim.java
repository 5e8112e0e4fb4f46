package io.weir.token;

import java.time.Duration;

/**
 * What an instance says when it asks to be the one that fetches.
 *
 * @param owner name of the instance, unique in the fleet
 * @param length of the lease; it runs out by itself then
 * @param known a version that the fence must be newer than, in case the store has forgotten
 * @param insists whether it does not respect a {@linkplain TokenStore#release cooldown}: the operator wants it
 */
public record FetchClaim(String owner, Duration length, long known, boolean insists) {}
