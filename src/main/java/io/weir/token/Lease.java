package io.weir.token;

import java.time.Duration;

/**
 * The answer to who wants to be the one that fetches.
 *
 * @param granted whether that is the asker now
 * @param fence grows with each lease, also over a loss of the store; 0 unless granted
 * @param others how long somebody else has the lease, or nobody shall have it; zero when granted
 * @param reason why nobody shall have it, of a {@link Cooldown}; empty when somebody has it, or none is known
 * @param stored what was in the store at that moment: another may have fetched since the asker looked
 */
public record Lease(boolean granted, long fence, Duration others, String reason, Stored stored) {}
