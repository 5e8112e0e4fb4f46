package io.weir.console;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.client.ManualClock;
import io.weir.config.Problems;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.Dispatcher;
import io.weir.dispatch.HandlerStage;
import io.weir.dispatch.HandlerTimes;
import io.weir.dispatch.Late;
import io.weir.dispatch.OutcomeCounters;
import io.weir.dispatch.journal.Journal;
import io.weir.dispatch.journal.Replays;
import io.weir.dispatch.journal.TestDoor;
import io.weir.dispatch.once.MemoryPushStore;
import io.weir.dispatch.once.OnceLimits;
import io.weir.http.api.ApiRoute;
import io.weir.rules.ReplyRules;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a console shows: the journal of two accounts, {@code main} in safe and {@code club} in plaintext mode. */
final class TestConsole {
    static final String RULES = """
            CLICK:
              V1: { text: "one" }
              V2: { text: "two" }
              default: { text: "other" }
            text:
              hello: { text: "you said {content}" }
            """;

    final ManualClock clock = new ManualClock("2026-11-20T07:00:00Z");
    final Journal journal = new Journal(clock);
    final HandlerTimes times = new HandlerTimes(clock);
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final OutcomeCounters outcomes = new OutcomeCounters(metrics);
    final MemoryPushStore store = new MemoryPushStore(OnceLimits.DEFAULT, System::nanoTime);
    final TestDoor main = door(0);
    final TestDoor club = door(1);

    /** What was handled once more. */
    final Queue<Delivery<?>> replayed = new ConcurrentLinkedQueue<>();

    /** Answers what is handled once more. */
    volatile Dispatcher handler = delivery -> Future.succeededFuture(Reply.text("now"));

    private TestDoor door(int account) {
        return new TestDoor(TestAdmin.ACCOUNTS.get(account).credentials(), journal, times, clock);
    }

    List<ApiRoute> routes(Vertx vertx, Sessions sessions) {
        Dispatcher recording = delivery -> {
            replayed.add(delivery);
            return handler.dispatch(delivery);
        };
        ReplyRules rules = ReplyRules.parse("replies.yaml", RULES, new Problems());
        Answers answers = new Answers(
                Map.of(
                        PushType.CLICK,
                        "ClickHandler",
                        PushType.TEXT,
                        "MessageHandler",
                        PushType.VIEW,
                        "com.example.Own"),
                Set.of(PushType.VIEW),
                Map.of(PushType.VIEW, Late.RETRY),
                account -> account.equals("main") ? rules : ReplyRules.NONE);
        return new ConsoleRoutes(vertx, sessions, journal, metrics)
                .all(
                        store,
                        clock,
                        new Replays(() -> new HandlerStage(recording, times, clock), journal, metrics),
                        new AnswerList(List.of("main", "club"), answers, outcomes, times));
    }
}
