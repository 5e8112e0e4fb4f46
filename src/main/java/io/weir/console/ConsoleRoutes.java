package io.weir.console;

import static io.weir.http.api.Access.OPERATOR;
import static io.weir.http.api.ApiRoute.get;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.weir.dispatch.journal.Journal;
import io.weir.http.api.ApiRoute;
import java.util.List;
import java.util.stream.Stream;

/** The console's part of the admin port's table of contents; {@code openapi.json} describes each line. */
public final class ConsoleRoutes {
    private static final String PUSHES = "/api/v1/pushes";

    private ConsoleRoutes() {}

    /** One line for each path and method. */
    public static List<ApiRoute> all(Vertx vertx, Sessions sessions, Journal journal, MeterRegistry metrics) {
        LiveFeed live = new LiveFeed(vertx, journal, LiveFeed.Pace.DEFAULT);
        List<ApiRoute> pushes =
                List.of(get(PUSHES, OPERATOR, new PushList(journal)), get(PUSHES + "/live", OPERATOR, live::open));
        return Stream.concat(SessionRoutes.all(vertx, sessions, metrics).stream(), pushes.stream())
                .toList();
    }
}
