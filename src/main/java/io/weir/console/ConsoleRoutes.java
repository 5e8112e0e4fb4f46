package io.weir.console;

import static io.weir.http.api.Access.OPERATOR;
import static io.weir.http.api.ApiRoute.get;
import static io.weir.http.api.ApiRoute.post;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.weir.dispatch.journal.Journal;
import io.weir.dispatch.journal.Replays;
import io.weir.dispatch.once.PushStore;
import io.weir.http.api.ApiRoute;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/**
 * The console's part of the admin port's table of contents; {@code openapi.json} describes each line.
 *
 * @param sessions who has logged in
 * @param journal what came to the door
 */
public record ConsoleRoutes(Vertx vertx, Sessions sessions, Journal journal, MeterRegistry metrics) {
    private static final String PUSHES = "/api/v1/pushes";
    private static final String PUSH = PUSHES + "/{id}";

    /**
     * One line for each path and method.
     *
     * @param store knows when the first attempt came, to whichever instance
     * @param time the clock that the store goes by
     */
    public List<ApiRoute> all(PushStore store, Clock time, Replays replays, AnswerList answers) {
        LiveFeed live = new LiveFeed(vertx, journal, sessions, LiveFeed.Pace.DEFAULT);
        List<ApiRoute> pushes = List.of(
                get(PUSHES, OPERATOR, new PushList(journal)),
                get(PUSHES + "/live", OPERATOR, live::open),
                get(PUSH, OPERATOR, new PushDetail(journal, store, time, answers.answers())),
                post(PUSH + "/replay", OPERATOR, new PushReplay(journal, replays, answers.answers())),
                get("/api/v1/answers", OPERATOR, answers));
        return Stream.concat(SessionRoutes.all(vertx, sessions, metrics).stream(), pushes.stream())
                .toList();
    }
}
