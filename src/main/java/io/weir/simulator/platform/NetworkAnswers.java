package io.weir.simulator.platform;

import java.util.List;

/**
 * What the platform says about addresses and the way to the gateway (token-and-server-api.md §5).
 *
 * @param callbackIps where pushes come from; addresses and CIDR ranges
 * @param apiIps where the API is
 * @param urlSet whether the account has a push URL in WeChat's console (40201 when not)
 * @param resolved what the URL's host resolves to
 * @param pinged what answered, and what did not
 */
public record NetworkAnswers(
        List<String> callbackIps, List<String> apiIps, boolean urlSet, List<Resolved> resolved, List<Pinged> pinged) {
    /** The simulator runs on this machine; the other addresses are those that RFC 5737 and 3849 keep for examples. */
    public static final NetworkAnswers DEFAULT = new NetworkAnswers(
            List.of("127.0.0.1", "203.0.113.7", "203.0.113.128/25", "2001:db8:1::/48"),
            List.of("127.0.0.1", "198.51.100.7", "2001:db8:2::7"),
            true,
            List.of(new Resolved("192.0.2.10", "UNICOM"), new Resolved("192.0.2.11", "UNICOM")),
            List.of(
                    new Pinged("192.0.2.10", "CAP", "0%", "23.079ms"),
                    new Pinged("192.0.2.11", "CAP", "0%", "21.434ms")));

    public NetworkAnswers {
        callbackIps = List.copyOf(callbackIps);
        apiIps = List.copyOf(apiIps);
        resolved = List.copyOf(resolved);
        pinged = List.copyOf(pinged);
    }

    /** The same with or without a push URL. */
    public NetworkAnswers urlSet(boolean is) {
        return new NetworkAnswers(callbackIps, apiIps, is, resolved, pinged);
    }

    /** The same with other sources of pushes. */
    public NetworkAnswers callbackIps(List<String> others) {
        return new NetworkAnswers(others, apiIps, urlSet, resolved, pinged);
    }

    /** One entry of {@code dns[]}. */
    public record Resolved(String ip, String realOperator) {}

    /**
     * One entry of {@code ping[]}.
     *
     * @param packageLoss {@code 0%} or {@code 100%}
     * @param time as in {@code 23.079ms}
     */
    public record Pinged(String ip, String fromOperator, String packageLoss, String time) {}
}
