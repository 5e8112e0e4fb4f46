package io.weir.doctor;

import io.vertx.core.Future;
import io.weir.client.AccessTokens;
import io.weir.client.calls.NetworkCalls;
import io.weir.client.calls.NetworkCalls.NetworkCheck;
import io.weir.client.calls.NetworkCalls.NetworkCheck.Action;
import io.weir.client.calls.NetworkCalls.NetworkCheck.Operator;
import io.weir.doctor.Doctor.Check;
import io.weir.doctor.Doctor.Finding;
import java.util.List;
import java.util.stream.Collectors;

/** How WeChat sees the push URL that is set in its console, and where its pushes come from. Needs a token. */
public record CallbackProbe(String account, AccessTokens tokens, NetworkCalls calls) {
    private static final int SHOWN = 3;

    /** Where pushes come from. */
    public Future<List<Finding>> addresses() {
        return needingToken(() -> calls.callbackIps(account).map(CallbackProbe::sources));
    }

    /** Whether WeChat finds the URL's host. */
    public Future<List<Finding>> reachable() {
        return needingToken(
                () -> calls.check(account, Action.ALL, Operator.DEFAULT).map(CallbackProbe::judge));
    }

    /** Without one, the line about credentials has told why. */
    private Future<List<Finding>> needingToken(Check.Probe probe) {
        return tokens.current(account)
                .map(true)
                .otherwise(false)
                .compose(there -> there
                        ? probe.look()
                        : Future.succeededFuture(List.of(Finding.skip("needs a token, see credentials"))));
    }

    private static List<Finding> sources(List<String> ips) {
        if (ips.isEmpty()) {
            return List.of(Finding.warn("WeChat names no address that pushes come from", "Ask again later."));
        }
        String first = ips.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return List.of(Finding.ok("pushes come from " + first
                        + (ips.size() > SHOWN ? " and " + (ips.size() - SHOWN) + " more" : "")
                        + "; weir net ips lists all, for firewalls")
                .with("addresses", ips.size()));
    }

    private static List<Finding> judge(NetworkCheck check) {
        if (check.dns().isEmpty()) {
            return List.of(Finding.fail(
                            "WeChat finds no address for the host of the push URL that is set in its console",
                            "Look at the DNS entry of that host, and at the URL in the console (基本配置).")
                    .expecting("one address at least"));
        }
        String addresses = check.dns().stream()
                .map(dns -> dns.ip()
                        + dns.realOperator().map(name -> " (" + name + ")").orElse(""))
                .collect(Collectors.joining(", "));
        String lost = check.isPingLost() ? ". " + NetworkCheck.PING_LOST.replaceAll("\\.$", "") : "";
        return List.of(Finding.ok("WeChat finds the push URL's host at " + addresses + lost)
                .with("pingLost", check.isPingLost()));
    }
}
