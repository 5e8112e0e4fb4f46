package io.weir.bench;

/**
 * CPU time in microseconds, of a window or of one push, by what used it.
 *
 * @param loops the server's event loops, or the threads that take their place: WxJava's request threads
 * @param gc its garbage collections
 * @param jit its compilers
 * @param other the rest of its process
 * @param redis the process of the Redis that it uses; 0 without one
 */
record CpuMicros(double loops, double gc, double jit, double other, double redis) {
    /** What a push costs for as long as the server runs: the compilers are done one day. */
    double loopsAndGc() {
        return loops + gc;
    }

    /** All of the server's process. */
    double process() {
        return loops + gc + jit + other;
    }

    CpuMicros dividedBy(int pushes) {
        return new CpuMicros(loops / pushes, gc / pushes, jit / pushes, other / pushes, redis / pushes);
    }
}
