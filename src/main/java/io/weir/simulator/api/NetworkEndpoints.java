package io.weir.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.api.ApiCall.CallAnswer;
import io.weir.simulator.api.ApiCall.CallRequest;
import io.weir.simulator.api.ApiCall.Method;
import io.weir.simulator.platform.NetworkAnswers;
import io.weir.simulator.platform.Refused;
import java.util.List;
import java.util.Set;

/** The calls about addresses and the way to the gateway (token-and-server-api.md §5). */
public final class NetworkEndpoints {
    private static final String DNS = "dns";
    private static final String PING = "ping";
    private static final String ALL = "all";
    private static final Set<String> OPERATORS = Set.of("CHINANET", "UNICOM", "CAP", "DEFAULT");

    private NetworkEndpoints() {}

    /** The table. */
    public static List<ApiCall> all() {
        return List.of(
                ApiCall.forAll(
                        Method.GET,
                        "/cgi-bin/getcallbackip",
                        request -> addresses(request.account().network().callbackIps())),
                ApiCall.forAll(
                        Method.GET,
                        "/cgi-bin/get_api_domain_ip",
                        request -> addresses(request.account().network().apiIps())),
                ApiCall.forAll(Method.POST, "/cgi-bin/callback/check", NetworkEndpoints::check));
    }

    private static CallAnswer addresses(List<String> ips) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ips.forEach(answer.putArray("ip_list")::add);
        return new CallAnswer.Json(answer);
    }

    private static CallAnswer check(CallRequest request) {
        ObjectNode body = Bodies.json(request);
        String action = body.path("action").asText();
        if (!Set.of(DNS, PING, ALL).contains(action)) {
            throw new Refused(40202, "invalid action");
        }
        if (!OPERATORS.contains(body.path("check_operator").asText())) {
            throw new Refused(40203, "invalid check_operator");
        }
        NetworkAnswers network = request.account().network();
        if (!network.urlSet()) {
            throw new Refused(40201, "invalid url, please set the callback url");
        }
        return checked(action, network);
    }

    private static CallAnswer checked(String action, NetworkAnswers network) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        if (!action.equals(PING)) {
            ArrayNode dns = answer.putArray(DNS);
            network.resolved()
                    .forEach(one -> dns.addObject().put("ip", one.ip()).put("real_operator", one.realOperator()));
        }
        if (!action.equals(DNS)) {
            ArrayNode ping = answer.putArray(PING);
            network.pinged()
                    .forEach(one -> ping.addObject()
                            .put("ip", one.ip())
                            .put("from_operator", one.fromOperator())
                            .put("package_loss", one.packageLoss())
                            .put("time", one.time()));
        }
        return new CallAnswer.Json(answer);
    }
}
