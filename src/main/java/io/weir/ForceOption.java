package io.weir;

import picocli.CommandLine.Option;

/** The option of commands that need a token and may have to fetch one themselves. */
final class ForceOption {
    @Option(
            names = "--force",
            description =
                    "In classic mode, when no gateway runs here: fetch a token all the same, which ends the former"
                            + " one within about 5 minutes.")
    private boolean force;

    boolean given() {
        return force;
    }
}
