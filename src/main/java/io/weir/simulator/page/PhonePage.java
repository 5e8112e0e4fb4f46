package io.weir.simulator.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.weir.http.EarlyAnswer;
import io.weir.http.StaticFiles;
import io.weir.simulator.api.ControlApi.ControlRoute;
import io.weir.simulator.api.ControlApi.ControlStream;
import io.weir.simulator.api.ControlRequest;
import io.weir.simulator.api.LocalCallers;
import io.weir.simulator.people.People;
import io.weir.simulator.people.Phone;
import io.weir.simulator.platform.Materials;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The phone page: its files, and what it asks the control API for. For visitors on this machine only. */
public final class PhonePage {
    /** Where it is on the simulator's port. */
    public static final String PATH = "/phone/";

    private static final String PERSON = "accounts/:name/people/:openid";

    private final StaticFiles files = new StaticFiles(PhonePage.class, "");
    private final Map<String, LiveEvents> events = new HashMap<>();
    private final EventStreams streams;
    private final Phones phones;
    private final Clock clock;
    private final Supplier<Optional<URI>> console;

    /**
     * Begins to watch.
     *
     * @param people of each account, by its name
     * @param clock WeChat's
     * @param console where the pushes are seen from the gateway's side, where it is known
     */
    public PhonePage(Vertx vertx, Map<String, People> people, Clock clock, Supplier<Optional<URI>> console) {
        this.console = console;
        this.streams = new EventStreams(vertx);
        this.phones = new Phones(people);
        this.clock = clock;
        people.forEach((account, its) -> its.watch(events.computeIfAbsent(account, name -> new LiveEvents(clock))));
    }

    /** Takes what comes under {@value #PATH} on a router. */
    public void mount(Router router) {
        router.route("/phone/*").handler(PhonePage::guard);
        files.mount(router, PATH);
        router.get(PATH + "pictures/:name").handler(PhonePage::picture);
    }

    /** The part of the control API that was made for it. */
    public List<ControlRoute> controls() {
        return List.of(
                ControlRoute.of(HttpMethod.GET, PERSON + "/phone", this::everything),
                ControlRoute.of(HttpMethod.POST, PERSON + "/menu/fetch", this::fetchMenu));
    }

    /** What it is told as it happens. */
    public List<ControlStream> streams() {
        return List.of(new ControlStream(PERSON + "/events", this::follow));
    }

    /** The position is from before all else: what happens meanwhile is told twice rather than not at all. */
    private ObjectNode everything(ControlRequest request) {
        Phone phone = phones.phone(request);
        String position = events(request).position();
        ObjectNode json = PhoneJson.of(
                        phone, phones.people(request).who(phone.openid()).orElseThrow(), clock.instant())
                .put("after", position);
        console.get().ifPresent(address -> json.put("console", address.toString()));
        return json;
    }

    private ObjectNode fetchMenu(ControlRequest request) {
        request.only();
        Phone phone = phones.phone(request);
        phone.fetchMenu();
        return PhoneJson.menu(phone.menu(), phone.menuFetched());
    }

    private void follow(ControlRequest request, HttpServerRequest browser) {
        streams.send(events(request), phones.phone(request).openid(), browser);
    }

    private LiveEvents events(ControlRequest request) {
        phones.people(request);
        return events.getOrDefault(Phones.account(request), new LiveEvents(clock));
    }

    /** What a person can choose to send: any name is a picture. */
    private static void picture(RoutingContext context) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "image/png")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader(HttpHeaders.CACHE_CONTROL, "max-age=3600")
                .end(Materials.picture(context.pathParam("name")));
    }

    private static void guard(RoutingContext context) {
        if (LocalCallers.problemOfVisitor(context.request()).isPresent()) {
            EarlyAnswer.end(context.vertx(), context.request(), 403);
        } else {
            context.next();
        }
    }
}
