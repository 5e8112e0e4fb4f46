package io.weir.simulator.load;

import java.time.Duration;

/** How long answers took: so many percent took at most that. */
public record Percentiles(Duration p50, Duration p90, Duration p99, Duration max) {}
