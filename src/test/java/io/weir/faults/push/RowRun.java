package io.weir.faults.push;

/**
 * A line of a handler's ledger.
 *
 * @param finished whether it tells of the run's end, or of its begin
 * @param push id of the push
 * @param run which run of which instance
 * @param instance where
 * @param attempt which of WeChat's attempts started it
 * @param redelivered whether the handler was told that an earlier run may have been interrupted
 * @param atMillis when, since 1970
 */
public record RowRun(
        boolean finished,
        String push,
        String run,
        String instance,
        String attempt,
        boolean redelivered,
        long atMillis) {}
