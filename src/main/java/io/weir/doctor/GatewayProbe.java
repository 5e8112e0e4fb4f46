package io.weir.doctor;

import io.vertx.core.Future;
import io.weir.client.SharedCredentials.CredentialState;
import io.weir.client.WeChatException;
import io.weir.client.admin.AdminException;
import io.weir.client.admin.AdminException.Kind;
import io.weir.client.admin.AdminGateway;
import io.weir.client.admin.AdminGateway.Problem;
import io.weir.doctor.Doctor.Check;
import io.weir.doctor.Doctor.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a gateway runs on this machine, takes pushes, and is content with its tokens.
 *
 * @param conf what the doctor was given
 */
public record GatewayProbe(AdminGateway gateway, List<String> accounts, Optional<Path> conf) implements Check.Probe {
    public GatewayProbe {
        accounts = List.copyOf(accounts);
    }

    @Override
    public Future<List<Finding>> look() {
        return gateway.ready()
                .compose(ready -> withProblems(ready ? isReady() : notReady()))
                .compose(this::withStates)
                .recover(failure -> failure instanceof AdminException known && known.kind() == Kind.ABSENT
                        ? Future.succeededFuture(List.of(absent()))
                        : Future.failedFuture(failure));
    }

    /** What {@code /health} names; a gateway that does not tell it is judged by the rest. */
    private Future<List<Finding>> withProblems(Finding first) {
        return gateway.health()
                .map(health -> joined(
                        List.of(health.file()
                                .map(file -> runningWith(first, file))
                                .orElse(first)),
                        health.problems().stream().map(GatewayProbe::problem).toList()))
                .otherwise(List.of(first));
    }

    /** A relative path means another file where the process was started elsewhere: then only the names are compared. */
    private Finding runningWith(Finding first, String file) {
        Path running = Path.of(file);
        boolean same = conf.map(given -> running.isAbsolute()
                        ? running.normalize().equals(given.toAbsolutePath().normalize())
                        : running.getFileName().equals(given.getFileName()))
                .orElse(false);
        Finding told = new Finding(
                same ? first.level() : Finding.Level.WARN,
                first.found() + " and runs with " + file + (same ? "" : ", not with the file that was looked at"),
                first.expected(),
                same ? first.fix() : List.of("Give this command that file: --conf " + file + "."),
                first.facts());
        return told.with("configuration", file);
    }

    private static Finding problem(Problem problem) {
        return Finding.warn("the gateway says: " + problem.words(), Diagnosis.sentence(problem.hint()))
                .with("fault", problem.fault());
    }

    private Finding isReady() {
        return Finding.ok("a gateway is ready at " + gateway.address().authority());
    }

    private Finding notReady() {
        return Finding.warn(
                "the gateway at " + gateway.address().authority() + " is not ready",
                "It starts or stops just now; if this lasts, look at its log.");
    }

    private Finding absent() {
        return Finding.warn(
                "no gateway runs on this machine: nothing listens at "
                        + gateway.address().authority() + " (admin.host, admin.port)",
                "Start it with weir serve, or run this where it runs.");
    }

    private Future<List<Finding>> withStates(List<Finding> first) {
        Future<List<Finding>> all = Future.succeededFuture(first);
        for (String account : accounts) {
            all = all.compose(before -> states(account).map(more -> joined(before, more)));
        }
        return all;
    }

    private Future<List<Finding>> states(String account) {
        return gateway.states(account)
                .map(states -> states.stream()
                        .flatMap(state -> problems(account, state).stream())
                        .toList())
                .otherwise(failure -> List.of(untold(failure)));
    }

    private static List<Finding> problems(String account, CredentialState state) {
        List<Finding> problems = new ArrayList<>();
        String what = "its " + state.kind().name().toLowerCase(Locale.ROOT) + " for " + account;
        if (state.storeAway()) {
            problems.add(Finding.fail(
                    "the gateway cannot reach Redis, where " + what + " is shared",
                    "See redis above; it connects again by itself."));
        }
        state.lastError().ifPresent(error -> problems.add(failed(what, state, error)));
        return problems;
    }

    /** As long as a token lives, a failed fetch harms nobody. */
    private static Finding failed(String what, CredentialState state, WeChatException error) {
        Finding why = Diagnosis.ofWeChat(error);
        return new Finding(
                state.stopped() || state.life().isEmpty() ? Finding.Level.FAIL : Finding.Level.WARN,
                "the last fetch of " + what + " failed: " + why.found(),
                why.expected(),
                why.fix(),
                why.facts());
    }

    private static Finding untold(Throwable failure) {
        return Diagnosis.parted(Finding.Level.WARN, "how its tokens are is not known: " + failure.getMessage());
    }

    private static List<Finding> joined(List<Finding> some, List<Finding> more) {
        List<Finding> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
