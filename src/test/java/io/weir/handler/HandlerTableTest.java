package io.weir.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.weir.dispatch.PushHandler;
import io.weir.replies.Replies;
import io.weir.wechat.message.PushType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class HandlerTableTest {
    private static final Replies NO_REPLIES = new Replies(Map.of());

    @Test
    void givesEachKindExactlyOneHandler() {
        List<PushType<?>> handled = new ArrayList<>();

        HandlerTable.complete(List.of(ViewHandler::new), Set.of())
                .forEach(handler -> handled.addAll(handler.get().types()));

        assertThat(handled).containsExactlyInAnyOrderElementsOf(PushType.all());
    }

    @Test
    void leavesTheRestToTheLastHandler() {
        List<Supplier<PushHandler<?>>> table = HandlerTable.complete(List.of(ViewHandler::new), Set.of());

        PushHandler<?> last = table.get(table.size() - 1).get();
        assertThat(last).isInstanceOf(OtherHandler.class);
        List<PushType<?>> rest = new ArrayList<>(last.types());
        assertThat(rest).contains(PushType.UNKNOWN, PushType.CLICK).doesNotContain(PushType.VIEW);
    }

    @Test
    void leavesToHandlersOfOnesOwnWhatTheyTake() {
        List<PushType<?>> handled = new ArrayList<>();

        HandlerTable.complete(List.of(ViewHandler::new), Set.of(PushType.VIEW, PushType.TEXT))
                .forEach(handler -> handled.addAll(handler.get().types()));

        assertThat(handled).hasSize(PushType.all().size() - 2).doesNotContain(PushType.VIEW, PushType.TEXT);
    }

    @Test
    void refusesTwoHandlersOfOneKind() {
        List<Supplier<PushHandler<?>>> twice =
                List.of(ViewHandler::new, () -> new ClickHandler(NO_REPLIES), () -> new ClickHandler(NO_REPLIES));

        assertThatIllegalStateException()
                .isThrownBy(() -> HandlerTable.complete(twice, Set.of()))
                .withMessageContainingAll("CLICK", ClickHandler.class.getName());
    }
}
