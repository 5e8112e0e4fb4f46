package io.weir.simulator.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.simulator.platform.Tokens.IssuedToken;
import io.weir.simulator.time.VirtualTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TicketsTest {
    private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-20T04:00:00Z"));
    private final Tickets tickets = new Tickets(time.clock(), new SecureRandom());

    @Test
    void givesTheSameTicketUntilItIsRenewed() {
        IssuedToken first = tickets.fetch("jsapi");
        time.advance(Duration.ofSeconds(6899));
        IssuedToken again = tickets.fetch("jsapi");
        time.advance(Duration.ofSeconds(1));
        IssuedToken renewed = tickets.fetch("jsapi");

        assertThat(first.value()).matches("[A-Za-z0-9_-]{86}");
        assertThat(again).isEqualTo(new IssuedToken(first.value(), 301));
        assertThat(renewed.value()).isNotEqualTo(first.value());
        assertThat(renewed.expiresIn()).isEqualTo(7200);
    }

    @Test
    void givesPagesAndCardsDifferentTickets() {
        assertThat(tickets.fetch("jsapi")).isNotEqualTo(tickets.fetch("wx_card"));
    }

    @Test
    void refusesAnotherType() {
        assertThatThrownBy(() -> tickets.fetch("JSAPI"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.errcode()).isEqualTo(40035));
    }

    @Test
    void keepsItsTicketsAcrossARestart() {
        IssuedToken before = tickets.fetch("jsapi");
        Tickets restarted = new Tickets(time.clock(), new SecureRandom());

        restarted.load(tickets.save());

        assertThat(restarted.fetch("jsapi")).isEqualTo(before);
    }
}
