package io.weir.simulator.page;

import io.weir.simulator.people.Sending;
import io.weir.simulator.push.PushFactory;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.PushOrder;
import io.weir.simulator.push.PushTemplates;
import io.weir.simulator.push.TestAccounts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Pushes on their way. */
final class PagePushes {
    private PagePushes() {}

    /** A first attempt that began when time did. */
    static Sending running() {
        return new Sending(
                1,
                Instant.EPOCH,
                new PushFactory(PushTemplates.bundled())
                        .create(PushOrder.of("CLICK").withKey("K"), TestAccounts.in(PushMode.PLAINTEXT)),
                List.of(new Sending.Try(0, 1, Instant.EPOCH, Optional.empty())),
                Optional.empty());
    }
}
