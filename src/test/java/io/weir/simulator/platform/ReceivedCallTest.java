package io.weir.simulator.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.simulator.platform.CustomerMessages.SentCustomerMessage;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReceivedCallTest {
    private final ReceivedCall received = new ReceivedCall();

    @Test
    void forgetsTheOldestOfAllWhenThereAreTooMany() {
        receive("first");
        for (int person = 1; person < ReceivedCall.MOST; person++) {
            receive("p" + person);
        }
        assertThat(received.of("first")).hasSize(1);

        receive("last");

        assertThat(received.of("first")).isEmpty();
        assertThat(received.of("p1")).hasSize(1);
        assertThat(received.of("last")).hasSize(1);
    }

    @Test
    void countsWhatAPersonHasLostNoLonger() {
        for (int i = 0; i < ReceivedCall.MOST; i++) {
            receive("one");
        }
        receive("another");

        assertThat(received.of("one")).hasSize(ReceivedCall.MOST_PER_PERSON);
        assertThat(received.of("another")).hasSize(1);
    }

    @Test
    void forgetsTheOldestWhenLongMessagesWouldFillTheMemory() {
        String long1 = "x".repeat((int) (ReceivedCall.MOST_CHARACTERS / 4));
        for (int person = 0; person < 6; person++) {
            received.add(new SentCustomerMessage("p" + person, Instant.EPOCH, Writing.text("p" + person, long1)));
        }

        assertThat(received.of("p2")).isEmpty();
        assertThat(received.of("p3")).hasSize(1);
        assertThat(received.of("p5")).hasSize(1);
    }

    private void receive(String openid) {
        received.add(new SentCustomerMessage(openid, Instant.EPOCH, Writing.text(openid, "hello")));
    }
}
