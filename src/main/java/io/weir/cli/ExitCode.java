package io.weir.cli;

/** What every command of Weir ends with; stable for scripts. The numbers from 64 on are those of BSD's sysexits. */
public final class ExitCode {
    /** Done as asked. */
    public static final int DONE = 0;

    /** Tried, and it failed or the answer was no. */
    public static final int FAILED = 1;

    /** Nothing failed, but there are changes that have not been applied. */
    public static final int CHANGES_PENDING = 2;

    /** The command line is wrong. */
    public static final int USAGE = 64;

    /** A file given as input is wrong. */
    public static final int BAD_DATA = 65;

    /** What the command needs to talk to cannot be reached or does not answer. */
    public static final int UNAVAILABLE = 69;

    /** The configuration is wrong or lacks something. */
    public static final int CONFIGURATION = 78;

    /** Ended by Ctrl-C: 128 + SIGINT, what the JVM itself ends with. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
