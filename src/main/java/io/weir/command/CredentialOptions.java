package io.weir.command;

import io.weir.simulator.AccountCredentials;
import io.weir.simulator.push.PushMode;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The credentials that both WeChat and the server have, for a server without a configuration of Weir; a picocli {@code @Mixin}. */
final class CredentialOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "The account's Token, in place of the configured one.")
    private Optional<String> token = Optional.empty();

    @Option(names = "--aes-key", paramLabel = "KEY", description = "The account's EncodingAESKey, likewise.")
    private Optional<String> aesKey = Optional.empty();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "How the account is pushed to: plaintext, compatible or safe.")
    private Optional<String> mode = Optional.empty();

    @Option(names = "--app-id", paramLabel = "APPID", description = "The account's AppID, likewise.")
    private Optional<String> appId = Optional.empty();

    @Option(names = "--original-id", paramLabel = "GH_ID", description = "The account's original ID, likewise.")
    private Optional<String> originalId = Optional.empty();

    /** What was given. */
    AccountCredentials given() {
        AccountCredentials given = AccountCredentials.UNCHANGED;
        given = read("--token", token, given::withToken).orElse(given);
        given = read("--aes-key", aesKey, given::withAesKey).orElse(given);
        given = read("--app-id", appId, given::withAppId).orElse(given);
        given = read("--original-id", originalId, given::withOriginalId).orElse(given);
        return read("--mode", mode, PushMode::named).map(given::withMode).orElse(given);
    }

    /** The EncodingAESKey as it was given. */
    Optional<String> aesKey() {
        return aesKey;
    }

    private <T> Optional<T> read(String option, Optional<String> text, Function<String, T> reader) {
        try {
            return text.map(reader);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
        }
    }
}
