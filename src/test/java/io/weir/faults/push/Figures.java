package io.weir.faults.push;

/**
 * What the two ledgers say together.
 *
 * @param pushes how many were sent
 * @param late attempts without an answer within five seconds
 * @param failed attempts with another status, a wrong answer or no connection
 * @param unanswered pushes of which no attempt was accepted: the user sees the fault notice
 * @param lost pushes that were acknowledged, but no run of their handler was completed
 * @param duplicate completed runs beyond one of each push whose handlers were not told that they may be second ones
 * @param marked completed runs beyond one whose handlers were told so, as {@code redelivered}
 * @param divergent pushes of which two attempts were answered differently
 * @param p50 of all attempts, in milliseconds, as are p99 and max
 */
public record Figures(
        long pushes,
        long late,
        long failed,
        long unanswered,
        long lost,
        long duplicate,
        long marked,
        long divergent,
        double p50,
        double p99,
        double max) {}
