package io.weir.simulator.platform;

import java.util.Optional;

/** What a menu has to know of the account's material. */
@FunctionalInterface
public interface MaterialKinds {
    /** The type of a permanent material, as in {@code image}; empty for an unknown or temporary one. */
    Optional<String> kindOf(String mediaId);
}
