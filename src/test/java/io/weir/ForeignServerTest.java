package io.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.weir.simulator.AccountCredentials;
import io.weir.simulator.Simulator;
import io.weir.simulator.people.Person;
import io.weir.simulator.push.Gateways;
import io.weir.testkit.WeirExtension;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that is not Weir, tested with people of the simulated WeChat; it has a Token of its own, which is rotated. */
class ForeignServerTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Queue<Boolean> TAKEN = new ConcurrentLinkedQueue<>();

    @RegisterExtension
    static final WeirExtension WECHAT = WeirExtension.create()
            .pushingTo(Gateways.checking(VERTX, "myToken123", (request, taken) -> TAKEN.add(taken)))
            .credentials(AccountCredentials.UNCHANGED.withToken("myToken123").withAppId("wx1234567890abcdef"));

    @AfterAll
    static void close() {
        Gateways.await(VERTX.close());
    }

    @Test
    void theServerIsVerifiedAndPushedToWithItsOwnTokenUntilThatIsRotated(Person alice, Simulator wechat) {
        assertThat(Gateways.await(wechat.verify("dev")).passed()).isTrue();
        alice.says("hi");
        assertThat(TAKEN).containsExactly(true, true);
        assertThat(wechat.account("dev").registration().appId()).isEqualTo("wx1234567890abcdef");

        wechat.change("dev", AccountCredentials.UNCHANGED.withToken("rotated7"));

        assertThat(Gateways.await(wechat.verify("dev")).problem().orElseThrow().found())
                .contains("another Token");
    }

    @Test
    void theAppIdIsFixedOnceWeChatHasStarted(Simulator wechat) {
        assertThatThrownBy(() -> wechat.change("dev", AccountCredentials.UNCHANGED.withAppId("wx2")))
                .hasMessageContaining("AppID");
    }
}
