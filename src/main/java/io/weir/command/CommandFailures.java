package io.weir.command;

import io.weir.cli.CommandException;
import io.weir.cli.ExitCode;
import io.weir.cli.FailureMessages.ExceptionTranslator;
import io.weir.cli.Terminal;
import io.weir.client.WeChatException;
import io.weir.client.WeChatException.Kind;
import io.weir.client.admin.AdminException;
import io.weir.config.ConfigException;
import io.weir.config.Problem;
import io.weir.menu.diff.MenuException;
import io.weir.menu.diff.PlanText;
import io.weir.simulator.platform.StateFile.StateFileException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the failures of all layers mean at a terminal: a message and an exit code. */
final class CommandFailures {
    private static final Terminal PLAIN = new Terminal(Writer.nullWriter(), Writer.nullWriter(), false);

    private CommandFailures() {}

    /** A line for each kind of failure. */
    static List<ExceptionTranslator> all() {
        return List.of(
                on(
                        ConfigException.class,
                        problems -> new CommandException(
                                ExitCode.CONFIGURATION,
                                "the configuration has errors\n" + problems.getMessage()
                                        + aboutVariables(problems.problems())
                                                .map(hint -> "\n" + hint)
                                                .orElse(""))),
                on(
                        StateFileException.class,
                        damaged -> new CommandException(ExitCode.BAD_DATA, String.valueOf(damaged.getMessage()))),
                on(AdminException.class, CommandFailures::ofGateway),
                on(MenuException.class, CommandFailures::ofMenus),
                on(WeChatException.class, CommandFailures::ofWeChat));
    }

    private static <X extends Throwable> ExceptionTranslator on(Class<X> type, Function<X, CommandException> words) {
        return failure -> type.isInstance(failure) ? Optional.of(words.apply(type.cast(failure))) : Optional.empty();
    }

    /** Where to take them from, if some are not set. */
    static Optional<String> aboutVariables(List<Problem> problems) {
        return problems.stream().anyMatch(each -> each.unsetVariable().isPresent())
                ? Optional.of("--env-file FILE takes variables from lines NAME=VALUE, as those of /etc/weir/weir.env")
                : Optional.empty();
    }

    private static CommandException ofGateway(AdminException failure) {
        int exitCode = switch (failure.kind()) {
            case ABSENT, SILENT, NOT_A_GATEWAY, HARMFUL -> ExitCode.UNAVAILABLE;
            case TOKEN_MISSING, TOKEN_WRONG -> ExitCode.CONFIGURATION;
            case PROBLEM -> ExitCode.FAILED;
        };
        return new CommandException(exitCode, String.valueOf(failure.getMessage()));
    }

    private static CommandException ofWeChat(WeChatException failure) {
        boolean answered =
                failure.kind() == Kind.REFUSED || failure.kind() == Kind.STOPPED || failure.kind() == Kind.OVER_BUDGET;
        return new CommandException(answered ? ExitCode.FAILED : ExitCode.UNAVAILABLE, words(failure));
    }

    /** With what WeChat said, and what there is to do now. */
    private static CommandException ofMenus(MenuException failure) {
        boolean isAway = failure.kind() == MenuException.Kind.UNAVAILABLE;
        int exitCode = failure.failure()
                .map(cause -> ofWeChat(cause).exitCode())
                .orElse(isAway ? ExitCode.UNAVAILABLE : ExitCode.FAILED);
        StringBuilder message = new StringBuilder(String.valueOf(failure.getMessage()));
        failure.failure().ifPresent(cause -> message.append('\n').append(words(cause)));
        failure.plan()
                .ifPresent(plan -> PlanText.of(plan, List.of(), PLAIN)
                        .forEach(line -> message.append(line.isEmpty() ? "\n" : "\n  " + line)));
        return new CommandException(exitCode, message.toString());
    }

    /** What WeChat said, what it means and what helps, in both languages. */
    private static String words(WeChatException failure) {
        String said = (failure.kind() == Kind.REFUSED ? "WeChat says " : "") + failure.getMessage();
        boolean explains = failure.code().isPresent() && failure.kind() != Kind.STOPPED;
        return said + (explains ? "\n" + failure.explanation().english() : "") + "\n"
                + failure.explanation().chinese();
    }
}
