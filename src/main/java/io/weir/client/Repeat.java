package io.weir.client;

/** Whether a call may be made again by the client itself. A refused token is another matter: that call was not executed. */
public enum Repeat {
    /** Made twice it does the same as made once: may be repeated whatever has become of it. */
    SAFE,
    /** May be repeated only when it was surely not executed: when there was no connection. */
    UNLESS_EXECUTED,
    /** Made once; whoever asked for it repeats it. */
    NEVER
}
