package io.weir.client.calls;

import java.util.List;
import java.util.Optional;

/**
 * How WeChat reaches the URL that is set in the account's console (token-and-server-api.md §5); a list that was not asked
 * for is empty.
 */
public record NetworkCheck(List<Dns> dns, List<Ping> ping) {
    /** What {@link #isPingLost} means, for the operator. */
    public static final String PING_LOST =
            "A loss of 100% is one packet without an answer: as a rule only a firewall that"
                    + " drops ICMP. Pushes come by TCP and are not concerned.";

    public NetworkCheck {
        dns = List.copyOf(dns);
        ping = List.copyOf(ping);
    }

    /** Whether an address did not answer its packet. */
    public boolean isPingLost() {
        return ping.stream()
                .anyMatch(each -> each.packageLoss().filter("100%"::equals).isPresent());
    }

    /**
     * An address that the host name leads to.
     *
     * @param realOperator whose network it is in
     */
    public record Dns(String ip, Optional<String> realOperator) {}

    /**
     * A packet to an address; one only, so that its loss may just mean that ICMP is filtered.
     *
     * @param fromOperator whose network it started in
     * @param packageLoss {@code 0%} or {@code 100%}
     * @param time as in {@code 23.079ms}
     */
    public record Ping(String ip, Optional<String> fromOperator, Optional<String> packageLoss, Optional<String> time) {}

    /** What is checked; the names in lower case are WeChat's. */
    public enum Action {
        DNS,
        PING,
        ALL
    }

    /** Which network it is checked from; the names are WeChat's. */
    public enum Operator {
        /** 电信. */
        CHINANET,
        /** 联通. */
        UNICOM,
        /** 腾讯. */
        CAP,
        DEFAULT
    }
}
