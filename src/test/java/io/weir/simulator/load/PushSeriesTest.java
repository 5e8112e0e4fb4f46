package io.weir.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.simulator.push.PushFactory;
import io.weir.simulator.push.PushOrder;
import io.weir.simulator.push.PushOrder.FieldSetting;
import io.weir.simulator.push.PushOrder.PushOrderException;
import io.weir.simulator.push.PushTemplate;
import io.weir.simulator.push.PushTemplates;
import io.weir.simulator.push.SimulatedPush;
import io.weir.simulator.push.TestAccounts;
import io.weir.simulator.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PushSeriesTest {
    private final VirtualTime time = new VirtualTime(Instant.ofEpochSecond(1790000000));
    private final PushFactory factory = new PushFactory(PushTemplates.bundled(), time.clock());

    @Test
    void holdsNoRepeatOfAnyKind() {
        for (PushTemplate template : PushTemplates.bundled().all()) {
            assertThat(identities(series(PushOrder.of(template.wireName()))))
                    .as(template.wireName())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void holdsNoRepeatOfOneUserEither() {
        assertThat(identities(series(PushOrder.of("CLICK").from("oOne")))).doesNotHaveDuplicates();
        assertThat(identities(series(PushOrder.of("text").from("oOne")))).doesNotHaveDuplicates();
    }

    @Test
    void beginsWithThePushThatWasOrdered() {
        SimulatedPush first = series(PushOrder.of("CLICK").withKey("K")).get(0);

        assertThat(first.value("FromUserName")).isEqualTo(PushFactory.DEFAULT_USER);
        assertThat(first.value("EventKey")).isEqualTo("K");
        assertThat(first.value("CreateTime")).isEqualTo("1790000000");
    }

    @Test
    void comesFromAsManyUsersAsThereArePushes() {
        PushSeries series = series(PushOrder.of("CLICK"));

        assertThat(series.get(1).value("FromUserName")).isEqualTo("oWeirSimulatedUser0000000002");
        assertThat(series.get(999_999).value("FromUserName")).hasSize(28).endsWith("01000000");
    }

    @Test
    void letsTheEventsOfOneUserBeASecondApart() {
        PushSeries series = series(PushOrder.of("CLICK").from("oOne"));
        time.advance(Duration.ofSeconds(2));

        assertThat(series.get(2).value("CreateTime")).isEqualTo("1789999998");
        assertThat(series.get(2).value("FromUserName")).isEqualTo("oOne");
    }

    @Test
    void leavesAloneWhatTheOrderSets() {
        PushOrder order = new PushOrder(
                "CLICK",
                Optional.empty(),
                List.of(FieldSetting.parse("CreateTime=7"), FieldSetting.parse("FromUserName=oSet")),
                Optional.empty());

        assertThat(series(order).get(5).value("CreateTime")).isEqualTo("7");
        assertThat(series(order).get(5).value("FromUserName")).isEqualTo("oSet");
    }

    @Test
    void refusesAnOrderThatCannotBeBuilt() {
        assertThatThrownBy(() -> series(PushOrder.of("text").withKey("k"))).isInstanceOf(PushOrderException.class);
    }

    /** As push-protocol.md §7 tells repeats by the official keys. */
    private static List<String> identities(PushSeries series) {
        return IntStream.range(0, 50)
                .mapToObj(series::get)
                .map(push -> push.kind().event()
                        ? push.value("FromUserName") + " " + push.value("CreateTime")
                        : push.value("MsgId"))
                .toList();
    }

    private PushSeries series(PushOrder order) {
        return new PushSeries(factory, order, TestAccounts.withoutKey());
    }
}
