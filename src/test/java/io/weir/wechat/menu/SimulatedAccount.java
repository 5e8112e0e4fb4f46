package io.weir.wechat.menu;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.weir.simulator.platform.Platform;
import io.weir.simulator.platform.PlatformAccount;
import io.weir.simulator.platform.Refused;
import io.weir.simulator.platform.Registration;
import java.time.Clock;
import java.util.List;

/** The other implementation of the same rules: what the simulated WeChat thinks of a menu. */
final class SimulatedAccount {
    private SimulatedAccount() {}

    /** With the material {@code sample-image} and {@code sample-news}. */
    static PlatformAccount create() {
        Registration registration = Registration.of("test", "wx0123456789abcdef", "secret", "gh_0");
        return new Platform(List.of(registration), Clock.systemUTC()).accounts().get(0);
    }

    static Buffer body(JsonNode json) {
        return Buffer.buffer(MenuJson.text(json));
    }

    /** The code with which a call is refused; 0 when it is not. */
    static int errcode(Runnable call) {
        try {
            call.run();
            return 0;
        } catch (Refused refused) {
            return refused.errcode();
        }
    }
}
