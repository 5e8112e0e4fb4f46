package io.weir.simulator.api;

import io.weir.simulator.platform.PlatformAccount;
import io.weir.simulator.platform.Refused;
import io.weir.simulator.platform.Registration;

/** What every call is checked for before its effect, in this order: method, caller, whitelist, permission, quota. */
final class Gate {
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
