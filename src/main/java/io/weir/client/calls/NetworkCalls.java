package io.weir.client.calls;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.client.Call;
import io.weir.client.Call.Repeat;
import io.weir.client.Json;
import io.weir.client.RawResponse;
import io.weir.client.ResponseFields;
import io.weir.client.WeChatClient;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** WeChat's addresses, its clock, and its own check of the way to us (token-and-server-api.md §5). */
public final class NetworkCalls {
    private static final String API_ADDRESSES = "/cgi-bin/get_api_domain_ip";

    private final WeChatClient client;

    public NetworkCalls(WeChatClient client) {
        this.client = client;
    }

    /** Where pushes come from: addresses and CIDR ranges, of both versions of IP. */
    public Future<List<String>> callbackIps(String account) {
        return ips(account, "/cgi-bin/getcallbackip");
    }

    /** Where the API is, for rules about what may leave our network. */
    public Future<List<String>> apiIps(String account) {
        return ips(account, API_ADDRESSES);
    }

    /** Lets WeChat check the URL that is set in the account's console. */
    public Future<NetworkCheck> check(String account, NetworkCheck.Action action, NetworkCheck.Operator operator) {
        ObjectNode body = Json.object()
                .put("action", action.name().toLowerCase(Locale.ROOT))
                .put("check_operator", operator.name());
        Call call = Call.post("/cgi-bin/callback/check", body).repeat(Repeat.SAFE);
        return client.call(account, call)
                .map(json -> new ResponseFields(call, json))
                .map(answer -> new NetworkCheck(
                        answer.list("dns", NetworkCalls::dns), answer.list("ping", NetworkCalls::ping)));
    }

    /** What WeChat's clock says; without a token, so that it tells even where none can be had. Empty where it does not say. */
    public Future<Optional<Instant>> date(String account) {
        Call call = Call.get(API_ADDRESSES).credential();
        return client.ask(account, call, (reading, answer) -> answer).map(RawResponse::date);
    }

    private Future<List<String>> ips(String account, String path) {
        Call call = Call.get(path);
        return client.call(account, call)
                .map(json -> new ResponseFields(call, json))
                .map(answer -> {
                    if (!answer.has("ip_list")) {
                        throw answer.unlike("a list ip_list");
                    }
                    return answer.texts("ip_list");
                });
    }

    private static NetworkCheck.Dns dns(ResponseFields item) {
        return new NetworkCheck.Dns(item.text("ip"), item.find("real_operator"));
    }

    private static NetworkCheck.Ping ping(ResponseFields item) {
        return new NetworkCheck.Ping(
                item.text("ip"), item.find("from_operator"), item.find("package_loss"), item.find("time"));
    }

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
        public record Ping(
                String ip, Optional<String> fromOperator, Optional<String> packageLoss, Optional<String> time) {}

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
}
