package io.weir.simulator.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.platform.Platform;
import io.weir.simulator.platform.PlatformAccount;
import io.weir.simulator.platform.Refused;
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
}
