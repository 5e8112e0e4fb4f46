package io.weir.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.weir.client.Json;
import io.weir.http.api.ApiProblem;
import io.weir.redis.RedisConfig;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisSubscription;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Questions and answers between two instances, over Redis: each hears a channel of its own, {@code weir:fleet:NAME}. Nothing of it is
 * stored anywhere. Bounded in number, in size and in time; an instance of a release that does not know the question says so.
 */
final class InstanceCalls {
    private static final int VERSION = 1;
    private static final String CHANNELS = "fleet:";
    private static final int MAX_CHARACTERS = 1 << 20;
    private static final int MAX_ASKED = 32;
    private static final int MAX_ANSWERED = 8;

    private final Vertx vertx;
    private final String self;
    private final RedisLink link;
    private final Map<String, Function<JsonNode, Future<ObjectNode>>> answerers;
    private final Map<String, Consumer<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger answering = new AtomicInteger();
    private final Promise<Void> listening = Promise.promise();
    private final RedisSubscription subscription;

    /**
     * Listens from now on.
     *
     * @param answerers by what is asked; may grow
     */
    InstanceCalls(
            Vertx vertx,
            String self,
            RedisLink link,
            RedisConfig config,
            Map<String, Function<JsonNode, Future<ObjectNode>>> answerers) {
        this.vertx = vertx;
        this.self = self;
        this.link = link;
        this.answerers = answerers;
        this.subscription = RedisSubscription.open(vertx, config, CHANNELS + self, listening::tryComplete, this::hear);
    }

    /** Completes when it hears what it is asked for the first time. */
    Future<Void> listening() {
        return listening.future();
    }

    static String channel(RedisLink by, String instance) {
        return by.key(CHANNELS + instance);
    }

    void close() {
        subscription.close();
    }

    /** Fails with an {@link ApiProblem}: the other's, or one that says why there is no answer. */
    Future<JsonNode> ask(String instance, String what, JsonNode question, Duration limit) {
        if (waiting.size() >= MAX_ASKED) {
            return Future.failedFuture(busy(self));
        }
        String id = UUID.randomUUID().toString();
        Context caller = vertx.getOrCreateContext();
        Promise<JsonNode> answer = Promise.promise();
        waiting.put(id, told -> caller.runOnContext(now -> answer.tryComplete(told)));
        long timer = vertx.setTimer(limit.toMillis(), late -> answer.tryFail(silent(instance, limit)));
        ObjectNode message = message().put("id", id).put("from", self).put("what", what);
        message.set("question", question);
        link.send("PUBLISH", channel(link, instance), message.toString())
                .onFailure(failure -> answer.tryFail(Fleet.unreachable()));
        return answer.future()
                .onComplete(ended -> {
                    waiting.remove(id);
                    vertx.cancelTimer(timer);
                })
                .compose(InstanceCalls::read);
    }

    private static Future<JsonNode> read(JsonNode told) {
        JsonNode problem = told.path("problem");
        return problem.isObject()
                ? Future.failedFuture(ApiProblem.of(
                        problem.path("status").asInt(502),
                        problem.path("title").asText("The instance has failed"),
                        problem.path("detail").asText("Its log says more.")))
                : Future.succeededFuture(told.path("answer"));
    }

    private static ObjectNode message() {
        return JsonNodeFactory.instance.objectNode().put("v", VERSION);
    }

    private void hear(String text) {
        if (text.length() <= MAX_CHARACTERS) {
            Json.read(text).ifPresent(message -> {
                if (message.has("to")) {
                    waiting.getOrDefault(message.path("to").asText(), nobody -> {})
                            .accept(message);
                } else if (Heartbeat.isName(message.path("from").asText())) {
                    answer(message);
                }
            });
        }
    }

    private void answer(JsonNode message) {
        boolean free = answering.incrementAndGet() <= MAX_ANSWERED;
        Future.succeededFuture(message)
                .compose(asked -> free ? answered(asked) : Future.failedFuture(busy(self)))
                .onComplete(ended -> answering.decrementAndGet())
                .map(answer -> message().<ObjectNode>set("answer", answer))
                .map(answer -> answer.toString().length() > MAX_CHARACTERS / 2 ? problem(tooLarge()) : answer)
                .otherwise(failure -> problem(failure instanceof ApiProblem known ? known : failed()))
                .onSuccess(answer -> link.send(
                        "PUBLISH",
                        channel(link, message.path("from").asText()),
                        answer.put("to", message.path("id").asText()).toString()));
    }

    private Future<ObjectNode> answered(JsonNode message) {
        Function<JsonNode, Future<ObjectNode>> answerer =
                answerers.get(message.path("what").asText());
        return answerer == null || message.path("v").asInt() != VERSION
                ? Future.failedFuture(otherRelease())
                : answerer.apply(message.path("question"));
    }

    private static ObjectNode problem(ApiProblem problem) {
        return message().set("problem", problem.body());
    }

    private ApiProblem failed() {
        return ApiProblem.of(502, "The instance has failed", "The log of " + self + " says more.");
    }

    private ApiProblem tooLarge() {
        return ApiProblem.of(
                502,
                "The answer is too large",
                "It is too large for Redis: ask the admin port of " + self + " itself.");
    }

    private ApiProblem otherRelease() {
        return ApiProblem.of(
                501,
                "The instance runs another release",
                self + " runs a release of Weir that does not know the question: ask its own admin port.");
    }

    private static ApiProblem busy(String instance) {
        return ApiProblem.of(
                503,
                "Too many questions at once",
                instance + " has as many under way as it may: ask again in a moment.");
    }

    private static ApiProblem silent(String instance, Duration limit) {
        return ApiProblem.of(
                504,
                "The instance does not answer",
                instance + " has not answered within " + limit.toSeconds()
                        + " s. If it is gone, GET /api/v1/fleet leaves it out after 15 s.");
    }
}
