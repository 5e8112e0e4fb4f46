package io.weir.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.weir.http.api.Access;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiProblem;
import io.weir.http.api.ApiRoute;
import io.weir.redis.RedisAnswer;
import io.weir.redis.RedisConfig;
import io.weir.redis.RedisException;
import io.weir.redis.RedisFault;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This instance among those that share its Redis. It registers with a heartbeat, which lives {@value #LIFE_MILLIS} ms: one that is
 * killed is gone from the list after that, one that stops in order at once. Without Redis the fleet is this instance alone. One for
 * each gateway; all but the verticle's life may be called on any thread.
 *
 * <p>Keys are {@code weir:fleet}, a set of names, and {@code weir:fleet:NAME} with the {@link Heartbeat}; each command has one
 * key.
 */
public final class Fleet extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);
    private static final long LIFE_MILLIS = 15_000;
    private static final long LIFE_OF_NAMES_MILLIS = TimeUnit.HOURS.toMillis(1);
    private static final Duration BEAT = Duration.ofSeconds(3);
    /** So soon others know of another state. */
    private static final Duration LOOK = Duration.ofMillis(250);
    /** Where Redis does not allow what is needed here. */
    private static final Duration REFUSED = Duration.ofMinutes(10);

    private static final Duration LISTEN = Duration.ofSeconds(2);
    private static final Duration LEAVE = Duration.ofSeconds(1);
    private static final int MAX_INSTANCES = 200;

    private final Heartbeat self;
    private final Optional<RedisConfig> config;
    private final Clock clock;
    private final Map<String, Function<JsonNode, Future<ObjectNode>>> answerers = new ConcurrentHashMap<>();
    private volatile @Nullable RedisLink link;
    private volatile @Nullable InstanceCalls calls;
    private volatile boolean left;
    private volatile long refusedUntil = System.nanoTime();

    // All below belongs to the event loop of the verticle.
    private String toldState = "";
    private long toldNanos;
    private long timer = -1;

    /**
     * A member that has not started.
     *
     * @param config empty where nothing is shared
     * @param clock the machine's, for when a heartbeat was written; how long it lives Redis counts
     */
    public Fleet(Heartbeat self, Optional<RedisConfig> config, Clock clock) {
        this.self = self;
        this.config = config;
        this.clock = clock;
    }

    /** Registers; never fails, since a gateway works without its fleet. */
    @Override
    public Future<?> start() {
        if (config.isPresent()) {
            link = RedisLink.openBeside(vertx, config.get(), RedisLimits.DEFAULT);
            timer = vertx.setPeriodic(LOOK.toMillis(), id -> look());
            look();
        }
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return leave();
    }

    /** The name of this instance. */
    public String self() {
        return self.name();
    }

    /** Whether there may be others. */
    public boolean isShared() {
        return config.isPresent();
    }

    /**
     * Where instances share what is no matter of pushes; a separate link, whose faults concern nobody else. Empty where nothing is
     * shared, or Redis has refused a command of the fleet lately.
     */
    public Optional<RedisLink> redis() {
        return Optional.ofNullable(link).filter(each -> !left && System.nanoTime() - refusedUntil >= 0);
    }

    /** Takes in that a step of the fleet's has failed: what Redis does not allow is not tried again for a while. */
    public void failed(Throwable failure) {
        if (!(failure instanceof RedisException)) {
            LOG.atError().setCause(failure).log("what this instance tells the others could not be told");
        } else if (failure instanceof RedisException known
                && known.fault() == RedisFault.NOT_ALLOWED
                && redis().isPresent()) {
            refusedUntil = System.nanoTime() + REFUSED.toNanos();
            LOG.atWarn()
                    .addKeyValue("error", known.getMessage())
                    .addKeyValue("hint", known.fault().hint())
                    .log("this instance is not seen by others, since Redis does not allow a command");
        }
    }

    private void look() {
        long now = System.nanoTime();
        String state = self.state().get();
        boolean due = !state.equals(toldState) || now - toldNanos >= BEAT.toNanos();
        Optional<RedisLink> to = redis();
        if (due && to.isPresent() && !to.get().isAway()) {
            toldState = state;
            toldNanos = now;
            tell(to.get());
        }
    }

    private void tell(RedisLink to) {
        String name = self.name();
        String value = self.write(clock.instant()).toString();
        Future<?> listening = calls == null ? listen(to) : Future.succeededFuture();
        listening
                .compose(allowed -> left ? Future.succeededFuture() : register(to, name, value))
                .onFailure(this::failed);
    }

    private static Future<?> register(RedisLink to, String name, String value) {
        return Future.join(
                to.send("SET", key(to, name), value, "PX", Long.toString(LIFE_MILLIS)),
                to.send("SADD", names(to), name),
                to.send("PEXPIRE", names(to), Long.toString(LIFE_OF_NAMES_MILLIS)));
    }

    /**
     * Begins to listen, so that whoever is seen can be asked. Who may not publish on a channel may not listen to it either: that would
     * be tried again for ever.
     */
    private Future<?> listen(RedisLink by) {
        return by.send("PUBLISH", InstanceCalls.channel(by, self.name()), "").compose(allowed -> {
            if (calls != null || left) {
                return Future.succeededFuture();
            }
            InstanceCalls opened = new InstanceCalls(vertx, self.name(), by, config.orElseThrow(), answerers);
            calls = opened;
            return opened.listening()
                    .timeout(LISTEN.toMillis(), TimeUnit.MILLISECONDS)
                    .otherwiseEmpty();
        });
    }

    private static String names(RedisLink at) {
        return at.key("fleet");
    }

    private static String key(RedisLink at, String name) {
        return at.key("fleet:" + name);
    }

    /** Removes this instance from the list and hears no more calls. Never fails; once is enough. */
    public Future<Void> leave() {
        RedisLink from = link;
        if (left || from == null) {
            left = true;
            return Future.succeededFuture();
        }
        Promise<Void> gone = Promise.promise();
        // On the loop of the heartbeats, so that none comes after.
        context.runOnContext(now -> {
            left = true;
            vertx.cancelTimer(timer);
            InstanceCalls ended = calls;
            if (ended != null) {
                ended.close();
            }
            Future.join(
                            from.send(LEAVE, "DEL", key(from, self.name())),
                            from.send(LEAVE, "SREM", names(from), self.name()))
                    .onComplete(removed -> {
                        from.close();
                        gone.tryComplete();
                    });
        });
        return gone.future();
    }

    /**
     * Everybody who is there.
     *
     * @param complete whether Redis could be asked, or is not needed to know
     * @param instances as the admin API tells them, by name
     */
    public record Members(boolean complete, List<ObjectNode> instances) {}

    /** Asks Redis who is there; never fails: this instance is always known. */
    public Future<Members> members() {
        ObjectNode own = Heartbeat.read(self.name(), self.write(clock.instant()).toString())
                .put("self", true);
        Optional<RedisLink> from = redis();
        if (from.isEmpty()) {
            return Future.succeededFuture(new Members(config.isEmpty(), List.of(own)));
        }
        return from.get()
                .send("SMEMBERS", names(from.get()))
                .compose(names -> others(from.get(), names))
                .map(others -> members(own, others))
                .onFailure(this::failed)
                .otherwise(new Members(false, List.of(own)));
    }

    private static Members members(ObjectNode own, List<ObjectNode> others) {
        List<ObjectNode> all = new ArrayList<>(others);
        all.add(own);
        all.sort(Comparator.comparing(each -> each.path("name").asText()));
        return new Members(true, all);
    }

    private Future<List<ObjectNode>> others(RedisLink from, RedisAnswer names) {
        List<ObjectNode> found = new ArrayList<>();
        List<Future<?>> asked = names.items().stream()
                .flatMap(each -> each.text().stream())
                .filter(name -> !name.equals(self.name()) && Heartbeat.isName(name))
                .sorted()
                .limit(MAX_INSTANCES)
                .<Future<?>>map(name -> other(from, name).onSuccess(each -> each.ifPresent(found::add)))
                .toList();
        return Future.join(asked).map(all -> found);
    }

    /** A name without a heartbeat is that of one who was killed. */
    private Future<Optional<ObjectNode>> other(RedisLink from, String name) {
        return from.send("GET", key(from, name)).map(RedisAnswer::text).map(stored -> {
            if (stored.isEmpty()) {
                from.send("SREM", names(from), name).onFailure(this::failed);
            }
            return stored.map(value -> Heartbeat.read(name, value).put("self", false));
        });
    }

    /**
     * Lets other instances ask this one.
     *
     * @param what names the question
     * @param answerer called on an event loop; fails or throws with an {@link ApiProblem}
     */
    public void answer(String what, Function<JsonNode, Future<ObjectNode>> answerer) {
        answerers.put(what, answerer);
    }

    /** Asks another instance, over Redis; fails with an {@link ApiProblem} when it is gone or does not answer in time. */
    public Future<JsonNode> ask(String instance, String what, ObjectNode question, Duration limit) {
        if (!Heartbeat.isName(instance)) {
            return Future.failedFuture(gone(instance));
        }
        InstanceCalls by = calls;
        Optional<RedisLink> on = redis();
        if (by == null || on.isEmpty()) {
            return Future.failedFuture(config.isEmpty() ? gone(instance) : unreachable());
        }
        return on.get()
                .send("GET", key(on.get(), instance))
                .onFailure(this::failed)
                .recover(failure -> Future.failedFuture(unreachable()))
                .compose(stored -> stored.text().isPresent()
                        ? by.ask(instance, what, question, limit)
                        : Future.failedFuture(gone(instance)));
    }

    private static ApiProblem gone(String instance) {
        return ApiProblem.of(
                410,
                "The instance is gone",
                "There is no instance " + (Heartbeat.isName(instance) ? instance : "of that name")
                        + " any more, and what it kept in its memory went with it. GET /api/v1/fleet tells which there are.");
    }

    static ApiProblem unreachable() {
        return ApiProblem.of(
                503,
                "Other instances cannot be asked",
                "Instances ask each other over Redis, which is unavailable or does not allow it; /health tells more.");
    }

    /** One line for each path and method. */
    public List<ApiRoute> routes() {
        return List.of(ApiRoute.get(
                "/api/v1/fleet",
                Access.OPERATOR,
                request -> members().map(this::json).map(ApiAnswer::json)));
    }

    private ObjectNode json(Members members) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("self", self.name())
                .put("shared", isShared())
                .put("complete", members.complete());
        ArrayNode list = json.putArray("instances");
        members.instances().forEach(list::add);
        return json;
    }
}
