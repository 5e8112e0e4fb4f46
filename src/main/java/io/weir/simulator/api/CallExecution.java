package io.weir.simulator.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.api.ApiCall.CallAnswer;
import io.weir.simulator.api.ApiCall.CallRequest;
import io.weir.simulator.api.ApiCall.TokenRule;
import io.weir.simulator.api.CallExchange.WireAnswer;
import io.weir.simulator.platform.Platform;
import io.weir.simulator.platform.PlatformAccount;
import io.weir.simulator.platform.Refused;
import io.weir.simulator.platform.Registration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request to one call of the table: runs it, and puts what comes of it into the platform's form. */
final class CallExecution {
    private static final Logger LOG = LoggerFactory.getLogger(CallExecution.class);

    private final Platform platform;
    private final Callers callers;
    private final Rids rids;
    private final ApiCall call;
    private final IncomingCall incoming;

    CallExecution(Platform platform, Rids rids, ApiCall call, IncomingCall incoming) {
        this.platform = platform;
        this.callers = new Callers(platform);
        this.rids = rids;
        this.call = call;
        this.incoming = incoming;
    }

    /** The name of the account that it seems to be for; empty text when none can be told. */
    String accountName() {
        return presumed().map(account -> account.registration().name()).orElse("");
    }

    /** All checks and the effect. */
    WireAnswer run() {
        if (call.guard() == TokenRule.NOT_SIMULATED) {
            return refuse(new Refused(
                    48001,
                    "api unauthorized: " + incoming.method() + " " + incoming.path()
                            + " is not simulated by Weir, a fault"
                            + " of kind status for this path can answer in its place (POST /control/v1/faults)"));
        }
        try {
            CallAnswer answer =
                    platform.exclusively(() -> call.effect().apply(new Gate(callers).admit(call, incoming)));
            return WireAnswer.of(call.path(), answer);
        } catch (Refused why) {
            return refuse(why);
        } catch (RuntimeException bug) {
            LOG.atError()
                    .setCause(bug)
                    .addKeyValue("path", call.path())
                    .log("a call of the simulated WeChat has failed");
            return refuse(new Refused(-1, "system error"));
        }
    }

    /** The refusal as it goes over the wire, with a request id. */
    WireAnswer refuse(Refused why) {
        String rid = rids.next();
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("errcode", why.errcode())
                .put("errmsg", why.errmsg() + " rid: " + rid);
        WireAnswer answer = WireAnswer.json(call.path(), body);
        String appId = presumed().map(account -> account.registration().appId()).orElse("");
        rids.keep(rid, appId, incoming, answer.body());
        return answer;
    }

    private Optional<PlatformAccount> presumed() {
        return platform.exclusively(() -> callers.presumed(call, incoming));
    }

    /** What every call is checked for before its effect, in this order: method, caller, whitelist, permission, quota. */
    static final class Gate {
        private final Callers callers;

        Gate(Callers callers) {
            this.callers = callers;
        }

        /** The request with its account, counted; or the refusal. */
        CallRequest admit(ApiCall call, IncomingCall incoming) {
            call.method().require(incoming.method());
            PlatformAccount account = callers.proven(call, incoming);
            Registration registration = account.registration();
            if (!registration.whitelist().isEmpty() && !registration.whitelist().contains(incoming.address())) {
                throw new Refused(40164, "invalid ip " + incoming.address() + ", not in whitelist");
            }
            if (!call.permitted().test(registration)) {
                throw new Refused(48001, "api unauthorized");
            }
            account.quotas().spend(call.path());
            return new CallRequest(account, incoming.query(), incoming.body(), Multipart.parts(incoming));
        }
    }
}
