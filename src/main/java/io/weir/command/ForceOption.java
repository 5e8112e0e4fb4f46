package io.weir.command;

import picocli.CommandLine.Option;

/** The option of commands that need a token and may have to fetch one themselves. */
final class ForceOption {
    @Option(
            names = "--force",
            order = 50,
            description =
                    "In classic mode, when no gateway runs here: fetch a token all the same, which ends the previous"
                            + " one within about 5 minutes.")
    private boolean force;

    boolean given() {
        return force;
    }
}
