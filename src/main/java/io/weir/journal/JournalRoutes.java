package io.weir.journal;

import static io.weir.http.api.Access.OPERATOR;
import static io.weir.http.api.ApiRoute.get;
import static io.weir.http.api.ApiRoute.post;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.client.calls.TagCalls;
import io.weir.dispatch.once.PushStore;
import io.weir.dispatch.once.PushesInProgress;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.ApiRoute;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The routes of the pushes that came and of who answers them; {@code openapi.json} describes each line.
 *
 * @param journal what came to the push port
 * @param store knows when the first attempt came, to whichever instance
 * @param time the clock that the store goes by
 * @param fleet what comes to other instances
 * @param inFlight what has no answer yet
 * @param pushUrl where the pushes of an account are sent to
 */
public record JournalRoutes(
        Vertx vertx,
        Journal journal,
        PushStore store,
        Clock time,
        FleetPushes fleet,
        PushesInProgress inFlight,
        Function<String, URI> pushUrl) {
    private static final String PUSHES = "/api/v1/pushes";
    private static final String PUSH = PUSHES + "/{id}";

    /**
     * What is asked of WeChat.
     *
     * @param menu tells which menu an OpenID sees, for an account
     */
    public record WeChat(TagCalls tags, BiFunction<String, String, Future<ObjectNode>> menu) {}

    /**
     * One line for each path and method.
     *
     * @param mayListen whether a request that listens to new pushes may go on doing so
     * @param wechat is asked about people
     */
    public List<ApiRoute> all(Predicate<ApiRequest> mayListen, Replays replays, AnswerList answers, WeChat wechat) {
        LiveFeed live = new LiveFeed(vertx, journal, mayListen, LiveFeed.Pace.DEFAULT);
        LiveFeed ofFleet =
                new LiveFeed(vertx, journal, mayListen, LiveFeed.Pace.DEFAULT, Optional.of(fleet.others()), inFlight);
        PushDetail detail = new PushDetail(journal, store, time, answers.answers(), answers.times(), inFlight, pushUrl);
        PushReplay replay = new PushReplay(journal, replays, answers.answers());
        PersonRoutes people = new PersonRoutes(fleet, new PersonPushes(vertx, detail), journal.clock(), wechat);
        return Stream.of(
                        new FleetPushRoutes(fleet, journal, detail, replay).all(ofFleet),
                        people.all(),
                        List.of(
                                get(PUSHES, OPERATOR, new PushList(journal)),
                                get(PUSHES + "/live", OPERATOR, live::open),
                                get(PUSH, OPERATOR, detail),
                                post(PUSH + "/replay", OPERATOR, replay),
                                get("/api/v1/answers", OPERATOR, answers)))
                .flatMap(List::stream)
                .toList();
    }
}
