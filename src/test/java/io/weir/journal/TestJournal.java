package io.weir.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.admin.SessionRoutes;
import io.weir.admin.Sessions;
import io.weir.admin.TestAdmin;
import io.weir.client.ManualClock;
import io.weir.client.WeChatClient;
import io.weir.client.calls.TagCalls;
import io.weir.config.Problems;
import io.weir.dispatch.Attempt;
import io.weir.dispatch.Backends;
import io.weir.dispatch.CustomHandlers;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.HandlerStage;
import io.weir.dispatch.HandlerTimes;
import io.weir.dispatch.IdentityCodec;
import io.weir.dispatch.Late;
import io.weir.dispatch.Observers;
import io.weir.dispatch.OutcomeCounters;
import io.weir.dispatch.once.MemoryPushStore;
import io.weir.dispatch.once.OnceLimits;
import io.weir.dispatch.once.PushesInProgress;
import io.weir.fleet.Fleet;
import io.weir.fleet.TestInstances;
import io.weir.health.Overview;
import io.weir.health.OverviewCounts;
import io.weir.http.api.ApiRoute;
import io.weir.menu.http.MenuRoutes;
import io.weir.receiver.Accounts;
import io.weir.redis.RedisConfig;
import io.weir.redis.RedisMeters;
import io.weir.rules.ReplyRules;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushId;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a console shows: the journal of two accounts, {@code main} in safe and {@code club} in plaintext mode. */
public final class TestJournal {
    public static final String RULES = """
            CLICK:
              V1: { text: "one" }
              V2: { text: "two" }
              default: { text: "other" }
            scancode_push: { default: { backend: shop } }
            text:
              hello: { text: "you said {content}" }
            """;

    public final ManualClock clock = new ManualClock("2026-11-20T07:00:00Z");
    final Journal journal = new Journal(clock);
    final HandlerTimes times = new HandlerTimes(clock);
    public final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final OutcomeCounters outcomes = new OutcomeCounters(metrics);
    final MemoryPushStore store = new MemoryPushStore(OnceLimits.DEFAULT, System::nanoTime);
    public final TestPushPort main = pushPort(0);
    public final TestPushPort club = pushPort(1);

    /** What is told of requests to backends, by push. */
    final Map<String, Backends.Asked> asked = new ConcurrentHashMap<>();

    private final Backends backends = new Backends() {
        @Override
        public Future<Reply> ask(String name, Delivery<?> delivery) {
            return Backends.NONE.ask(name, delivery);
        }

        @Override
        public Optional<Asked> last(String idempotencyKey) {
            return Optional.ofNullable(asked.get(idempotencyKey));
        }
    };

    /** What was handled once more. */
    final Queue<Delivery<?>> replayed = new ConcurrentLinkedQueue<>();

    /** Answers what is handled once more. */
    volatile Function<Delivery<?>, Future<Reply>> handler = delivery -> Future.succeededFuture(Reply.text("now"));

    /** What runs, and what became of late replies. */
    final List<Attempt> running = new CopyOnWriteArrayList<>();

    public final Map<PushId, String> lateReplies = new ConcurrentHashMap<>();

    public final Map<PushId, PushesInProgress.LateMessage> lateMessages = new ConcurrentHashMap<>();

    final PushesInProgress inFlight = new PushesInProgress() {
        @Override
        public List<Attempt> running() {
            return running;
        }

        @Override
        public Optional<String> lateReply(PushId id) {
            return Optional.ofNullable(lateReplies.get(id));
        }

        @Override
        public Optional<LateMessage> lateMessage(PushId id) {
            return Optional.ofNullable(lateMessages.get(id));
        }
    };

    private static URI pushUrl(String account) {
        return URI.create("http://127.0.0.1:8080/wx/" + account);
    }

    private final Fleet fleet;
    private @Nullable FleetPushes fleetPushes;

    private TestPushPort pushPort(int account) {
        return new TestPushPort(TestAdmin.ACCOUNTS.get(account).credentials(), journal, times, clock);
    }

    /** That of an instance alone. */
    public TestJournal() {
        this("alone-1", Optional.empty());
    }

    /** That of an instance that shares a Redis. */
    TestJournal(String instance, Optional<RedisConfig> redis) {
        fleet = new Fleet(TestInstances.heartbeat(instance, () -> "ready", metrics), redis, clock);
    }

    /** The pushes of the fleet; one, which is not deployed. */
    FleetPushes fleetPushes(Vertx vertx) {
        if (fleetPushes == null) {
            FleetPushes.Pace pace =
                    new FleetPushes.Pace(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofMillis(100));
            fleetPushes = new FleetPushes(
                    fleet,
                    journal,
                    () -> TestAdmin.ACCOUNTS,
                    new Observers(vertx),
                    (account, openId, until) -> Future.succeededFuture(0),
                    pace);
        }
        return fleetPushes;
    }

    /** Lets those who observe pushes see one. */
    <P extends Push> void observed(Vertx vertx, P push) {
        vertx.eventBus().publish(push.type().observedAddress(), push, IdentityCodec.local());
    }

    /** A handler in a jar answers VIEW. */
    private static final CustomHandlers CUSTOM_VIEW = new CustomHandlers() {
        @Override
        public Optional<String> nameOf(Push push) {
            return nameOf(push.account(), push.type());
        }

        @Override
        public Optional<String> nameOf(String account, PushType<?> type) {
            return type == PushType.VIEW ? Optional.of("com.example.Own") : Optional.empty();
        }
    };

    /** The routes of what it shows; {@code wechat} is asked about people. */
    public List<ApiRoute> routes(Vertx vertx, Sessions sessions, WeChatClient wechat) {
        Function<Delivery<?>, Future<Reply>> recording = delivery -> {
            replayed.add(delivery);
            return handler.apply(delivery);
        };
        ReplyRules rules = ReplyRules.parse("replies.yaml", RULES, Set.of("shop"), new Problems());
        AnswerOwners answers = new AnswerOwners(
                Map.of(
                        PushType.CLICK,
                        "ClickHandler",
                        PushType.TEXT,
                        "MessageHandler",
                        PushType.VIEW,
                        "com.example.Own"),
                CUSTOM_VIEW,
                Map.of(PushType.VIEW, Late.RETRY),
                account -> account.equals("main") ? rules : ReplyRules.NONE,
                backends);
        List<ApiRoute> pushes = new JournalRoutes(
                        vertx, journal, store, clock, fleetPushes(vertx), inFlight, TestJournal::pushUrl)
                .all(
                        sessions::mayGoOn,
                        new Replays(() -> new HandlerStage(recording, times, clock), journal, metrics),
                        new AnswerList(List.of("main", "club"), answers, outcomes, times),
                        new JournalRoutes.WeChat(
                                new TagCalls(wechat), (account, openId) -> MenuRoutes.seen(wechat, account, openId)));
        List<ApiRoute> stored =
                new StoredPushRoutes(vertx, Optional.empty(), push -> Optional.empty(), backends, metrics).all();
        OverviewCounts counts = new OverviewCounts(
                metrics, new Accounts(List.of(), metrics), new RedisMeters(metrics), Optional.empty());
        Overview overview = new Overview(fleet, JsonNodeFactory.instance::arrayNode, counts, clock);
        vertx.deployVerticle(overview);
        return Stream.of(SessionRoutes.all(vertx, sessions, metrics), pushes, stored, overview.routes())
                .flatMap(List::stream)
                .toList();
    }
}
