package io.weir.simulator;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.weir.simulator.SimulatorConfig.OfficialAccount;
import io.weir.simulator.api.AccountControls;
import io.weir.simulator.api.ApiCall;
import io.weir.simulator.api.ApiFaults;
import io.weir.simulator.api.ApiServer;
import io.weir.simulator.api.ApiServer.ApiCounts;
import io.weir.simulator.api.ControlApi;
import io.weir.simulator.api.ControlApi.ControlRoute;
import io.weir.simulator.api.FaultControls;
import io.weir.simulator.api.MaterialEndpoints;
import io.weir.simulator.api.MediaFiles;
import io.weir.simulator.api.MenuEndpoints;
import io.weir.simulator.api.MessageEndpoints;
import io.weir.simulator.api.NetworkEndpoints;
import io.weir.simulator.api.QrCodeEndpoints;
import io.weir.simulator.api.ServerControls;
import io.weir.simulator.api.SimulatorServer;
import io.weir.simulator.api.TagEndpoints;
import io.weir.simulator.api.TokenEndpoints;
import io.weir.simulator.api.UserEndpoints;
import io.weir.simulator.page.PhonePage;
import io.weir.simulator.people.People;
import io.weir.simulator.people.Person;
import io.weir.simulator.platform.Platform;
import io.weir.simulator.platform.PlatformAccount;
import io.weir.simulator.platform.StateFile;
import io.weir.simulator.push.Courier;
import io.weir.simulator.push.PushFactory;
import io.weir.simulator.push.PushFaults;
import io.weir.simulator.push.PushTemplates;
import io.weir.simulator.push.Pusher;
import io.weir.simulator.push.Pusher.Connections;
import io.weir.simulator.push.UrlVerification;
import io.weir.simulator.time.OffsetTime;
import io.weir.simulator.time.SimulatedTime;
import io.weir.simulator.time.VirtualTime;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A simulated WeChat: the server API and the control API on one port, pushes, people, and faults of all of them. Any
 * thread.
 */
public final class Simulator {
    private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);
    private static final Duration SAVE = Duration.ofSeconds(1);
    private static final long NOT_SAVING = -1;

    private final Vertx vertx;
    private final SimulatorConfig config;
    private final SimulatedTime given;
    private final OffsetTime time;
    private final Platform platform;
    private final ApiServer api;
    private final PushFaults pushFaults = new PushFaults();
    private final Pusher pusher;
    private final Map<String, People> people = new LinkedHashMap<>();
    private final Map<String, OfficialAccount> accounts = new ConcurrentHashMap<>();
    private final AtomicInteger port = new AtomicInteger();
    private final AtomicBoolean saveFails = new AtomicBoolean();
    private volatile long saving = NOT_SAVING;
    private volatile @Nullable URI console;
    private @Nullable StateFile state;
    private @Nullable String server;

    /**
     * One that has not started.
     *
     * @param vertx closed by whoever made it
     * @param time what its clock and its limits follow
     */
    public Simulator(Vertx vertx, SimulatorConfig config, SimulatedTime time) {
        this.vertx = vertx;
        this.config = config;
        this.given = time;
        this.time = new OffsetTime(time);
        this.platform = new Platform(
                config.accounts().stream().map(OfficialAccount::registration).toList(),
                this.time.clock(),
                this::baseUri);
        this.api = new ApiServer(vertx, platform, this.time, table());
        this.pusher = new Pusher(vertx, this.time, Pusher.WECHAT_LIMIT, Connections.LIKE_WECHAT);
        PushFactory factory = new PushFactory(PushTemplates.bundled(), this.time.clock());
        Courier courier = new Courier(pusher, pushFaults);
        config.accounts().forEach(account -> {
            accounts.put(account.name(), account.pushedTo(usable(account.url())));
            people.put(
                    account.name(),
                    new People(
                            platform,
                            platform.byName(account.name()).orElseThrow(),
                            () -> official(account.name()).pushes(),
                            () -> pushUrl(account.name()),
                            factory,
                            courier));
        });
    }

    /** The server API, a line for each part of it. */
    private static List<ApiCall> table() {
        return Stream.of(
                        TokenEndpoints.all(),
                        NetworkEndpoints.all(),
                        MenuEndpoints.all(),
                        TagEndpoints.all(),
                        UserEndpoints.all(),
                        QrCodeEndpoints.all(),
                        MaterialEndpoints.all(),
                        MessageEndpoints.all())
                .flatMap(List::stream)
                .toList();
    }

    /** Takes up the saved state and opens the port; the future fails when either cannot be had. */
    public Future<Simulator> start() {
        return vertx.executeBlocking(this::open)
                .compose(opened ->
                        vertx.deployVerticle(new SimulatorServer(config.host(), config.port(), router(), port)))
                .map(deployed -> {
                    server = deployed;
                    saving = state == null ? NOT_SAVING : vertx.setPeriodic(SAVE.toMillis(), tick -> save());
                    return this;
                });
    }

    private @Nullable StateFile open() {
        if (config.sampleMenu()) {
            SampleMenu.setIn(platform);
        }
        state = config.stateFile().map(file -> StateFile.open(file, platform)).orElse(null);
        if (state != null) {
            state.saveIfChanged();
        }
        return state;
    }

    private Router router() {
        Router router = Router.router(vertx);
        QrCodeEndpoints.mount(router, platform);
        api.mount(router);
        new MediaFiles(platform).mount(router);
        PhonePage page = new PhonePage(vertx, people, time.clock(), () -> Optional.ofNullable(console));
        page.mount(router);
        new ControlApi(vertx, controls(page), page.streams()).mount(router);
        return router;
    }

    /** The control API, a line for each part of it. */
    private List<ControlRoute> controls(PhonePage page) {
        return Stream.of(
                        new AccountControls(platform).all(),
                        new FaultControls(api.faults()).all(),
                        new ServerControls(api.counts(), time).all(),
                        new PushControls(this).all(),
                        new PeopleControls(people).all(),
                        page.controls())
                .flatMap(List::stream)
                .toList();
    }

    /** Closes the port and saves the state; what hangs is cut. */
    public Future<Void> stop() {
        vertx.cancelTimer(saving);
        Future<Void> shut = server == null ? Future.succeededFuture() : vertx.undeploy(server);
        return shut.eventually(pusher::close).eventually(this::save).eventually(this::letGo);
    }

    private Future<?> letGo() {
        StateFile file = state;
        state = null;
        return file == null
                ? Future.succeededFuture()
                : vertx.executeBlocking(() -> {
                    file.close();
                    return file;
                });
    }

    private Future<Void> save() {
        StateFile file = state;
        return file == null
                ? Future.succeededFuture()
                : vertx.executeBlocking(() -> {
                            file.saveIfChanged();
                            return file;
                        })
                        .onComplete(this::tellOfSaving)
                        .mapEmpty();
    }

    /** Once, not every second. */
    private void tellOfSaving(AsyncResult<?> saved) {
        boolean failedBefore = saveFails.getAndSet(saved.failed());
        if (saved.failed() && !failedBefore) {
            LOG.atError().addKeyValue("problem", saved.cause().getMessage()).log("the state is not kept");
        }
    }

    /** Where the server API is: the {@code baseUri} for whoever calls it. */
    public URI baseUri() {
        String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
        return URI.create("http://" + host + ":" + (port.get() == 0 ? config.port() : port.get()));
    }

    /** Where it listens, or wants to. */
    public String address() {
        return baseUri().getAuthority();
    }

    /** The phone page, for a browser on this machine. */
    public URI phonePage() {
        return baseUri().resolve(PhonePage.PATH);
    }

    /** Where a gateway's console shows the pushes that arrive: the phone page links to it. */
    public void consoleAt(URI address) {
        console = address;
    }

    /** Its accounts, with the URLs and credentials that they have now. */
    public List<OfficialAccount> accounts() {
        return config.accounts().stream()
                .map(account -> official(account.name()))
                .toList();
    }

    /** An account as it is now. */
    OfficialAccount official(String account) {
        return known(account, accounts.get(account));
    }

    private static OfficialAccount known(String account, @Nullable OfficialAccount found) {
        return Optional.ofNullable(found)
                .orElseThrow(() -> new IllegalArgumentException("there is no account " + account));
    }

    /** What WeChat knows of an account. */
    public PlatformAccount account(String name) {
        return platform.byName(name).orElseThrow(() -> new IllegalArgumentException("there is no account " + name));
    }

    /** All accounts' state, and the lock before it. */
    public Platform platform() {
        return platform;
    }

    /** The people of an account. */
    public People people(String account) {
        return Optional.ofNullable(people.get(account))
                .orElseThrow(() -> new IllegalArgumentException("there is no account " + account));
    }

    /** Somebody who follows an account, for a test; the same person at every call with that name. */
    public Person person(String account, String name) {
        return new Person(name, people(account).named(name));
    }

    /** Where an account's pushes go. */
    public URI pushUrl(String account) {
        return official(account).url();
    }

    /**
     * Changes the URL in the settings of an account.
     *
     * @throws IllegalArgumentException when there is no account of that name, or nothing can be sent to such a URL
     */
    public void pushTo(String account, URI url) {
        URI target = usable(url);
        change(account, is -> is.pushedTo(target));
    }

    /**
     * Changes Token, EncodingAESKey, mode, AppSecret or original ID of an account as WeChat's console does: for the pushes and calls
     * that follow.
     *
     * @throws IllegalArgumentException when there is no account of that name, when the mode needs a key that is not there, and
     *     for another AppID
     */
    public void change(String account, AccountCredentials credentials) {
        if (credentials.appId().isPresent()) {
            throw new IllegalArgumentException("the AppID of an account cannot be changed while the simulator runs");
        }
        OfficialAccount changed = change(account, credentials::of);
        platform.exclusively(() -> {
            PlatformAccount known = account(account);
            known.register(credentials.of(known.registration()));
            return changed;
        });
    }

    private OfficialAccount change(String account, UnaryOperator<OfficialAccount> change) {
        return accounts.compute(account, (name, is) -> change.apply(known(name, is)));
    }

    /** Asks the server at the account's URL as WeChat does when the URL is saved. */
    public Future<UrlVerification> verify(String account) {
        OfficialAccount is = official(account);
        return pusher.verify(is.pushes(), is.url());
    }

    private static URI usable(URI url) {
        if (!Pusher.isPushUrl(url)) {
            throw new IllegalArgumentException("expected http://host/path or https://host/path, found " + url);
        }
        return url;
    }

    /** What goes wrong with the server API. */
    public ApiFaults apiFaults() {
        return api.faults();
    }

    /** How often each call was made. */
    public ApiCounts calls() {
        return api.counts();
    }

    /** What goes wrong with pushes. */
    public PushFaults pushFaults() {
        return pushFaults;
    }

    /** From now on nothing goes wrong. */
    public void clearFaults() {
        apiFaults().clear();
        pushFaults.clear();
    }

    /** WeChat's time. */
    public OffsetTime time() {
        return time;
    }

    /**
     * Lets time pass at once, with all that falls into it.
     *
     * @throws IllegalStateException when this simulator runs on real time
     */
    public void advance(Duration by) {
        if (!(given instanceof VirtualTime virtual)) {
            throw new IllegalStateException("this simulator runs on real time: start it with VirtualTime");
        }
        virtual.advance(by);
    }
}
