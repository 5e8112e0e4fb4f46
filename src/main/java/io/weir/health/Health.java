package io.weir.health;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.client.Json;
import io.weir.client.WeChatClient.ApiPause;
import io.weir.client.WeChatClient.ApiTrouble;
import io.weir.config.AccountConfig;
import io.weir.dispatch.durable.SpoolState;
import io.weir.fleet.Fleet;
import io.weir.fleet.Heartbeat;
import io.weir.fleet.Heartbeat.Counts;
import io.weir.plugin.runtime.PluginHandlers.ReloadTrouble;
import io.weir.receiver.Accounts.LastPushes;
import io.weir.redis.RedisConfig;
import io.weir.redis.RedisFault;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisState;
import io.weir.reload.ConfigurationFile;
import io.weir.reload.RunningAccounts;
import io.weir.replies.Replies;
import io.weir.replies.RepliesFile;
import io.weir.wechat.codec.Protection.Form;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What {@code /ready} and {@code /health} tell: how the gateway is, without any secret. Any thread. */
public final class Health {
    private final RunningAccounts accounts;
    private final Optional<ConfigurationFile> file;
    private final Replies replies;
    private final Dependencies dependencies;
    private final HealthProblems problems;
    private final Clock clock;
    private final Instant started;
    private volatile Phase phase = Phase.STARTING;

    public Health(
            RunningAccounts accounts,
            Optional<ConfigurationFile> file,
            Replies replies,
            Dependencies dependencies,
            Clock clock) {
        this.accounts = accounts;
        this.file = file;
        this.replies = replies;
        this.dependencies = dependencies;
        this.problems = new HealthProblems(file, replies, dependencies, clock.instant());
        this.clock = clock;
        this.started = clock.instant();
    }

    public void open() {
        phase = Phase.READY;
    }

    public void close() {
        phase = Phase.STOPPING;
    }

    public boolean isStopping() {
        return phase == Phase.STOPPING;
    }

    public boolean isReady() {
        return phase == Phase.READY;
    }

    /**
     * This gateway among those that share its Redis.
     *
     * @param owner the name that only this process has
     * @param admin where its admin port is
     */
    public Fleet fleet(String owner, Supplier<String> admin, Optional<RedisConfig> redis, MeterRegistry metrics) {
        Supplier<String> state =
                () -> phase == Phase.STOPPING ? "draining" : phase.name().toLowerCase(Locale.ROOT);
        Heartbeat self = new Heartbeat(
                Heartbeat.nameOf(owner), Build.version(), Build.commit(), started, admin, state, new Counts(metrics));
        return new Fleet(self, redis, clock);
    }

    /** Why it is degraded, if it is. */
    public HealthProblems problems() {
        return problems;
    }

    public ObjectNode report() {
        ObjectNode report = Json.object()
                .put("status", status())
                .put("version", Build.version())
                .put("uptimeSeconds", Duration.between(started, clock.instant()).toSeconds())
                .put("state", dependencies.redis().isPresent() ? "redis" : "memory");
        report.set("problems", problems.json());
        report.set("accounts", accounts());
        report.set("replies", repliesFiles());
        report.putObject("wechat").set("stopped", dependencies.stopsJson());
        report.set("clock", dependencies.clock().json());
        file.ifPresent(each -> report.set("configuration", configuration(each)));
        dependencies.redisJson().ifPresent(redis -> report.set("redis", redis));
        return report;
    }

    private String status() {
        boolean degraded = phase == Phase.READY && !problems.isNone();
        return degraded ? "degraded" : phase.name().toLowerCase(Locale.ROOT);
    }

    private ArrayNode accounts() {
        ArrayNode described = JsonNodeFactory.instance.arrayNode();
        for (AccountConfig account : accounts.current()) {
            ObjectNode each = Json.object()
                    .put("name", account.name())
                    .put("mode", account.mode().name().toLowerCase(Locale.ROOT))
                    .put("rules", replies.of(account.name()).rules().size());
            accounts.pushAccounts().lastPushes(account.name()).ifPresent(last -> each.set("lastPush", lastPush(last)));
            described.add(each);
        }
        return described;
    }

    /** Times in the order of the lists in the configuration; null for never since the start. */
    private static ObjectNode lastPush(LastPushes last) {
        ObjectNode json = Json.object();
        json.set("token", times(last.tokens()));
        json.set("encodingAesKey", times(last.aesKeys()));
        ObjectNode forms = json.putObject("form");
        for (Form form : Form.values()) {
            forms.put(
                    form.name().toLowerCase(Locale.ROOT),
                    time(Objects.requireNonNull(last.forms().get(form))));
        }
        return json;
    }

    private static ArrayNode times(List<Optional<Instant>> times) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        times.forEach(time -> json.add(time(time)));
        return json;
    }

    private static @Nullable String time(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }

    private static ObjectNode configuration(ConfigurationFile file) {
        ConfigurationFile.State state = file.state();
        ObjectNode json = Json.object()
                .put("file", file.path().toString())
                .put("since", state.since().toString());
        state.problem().ifPresent(problem -> json.put("problem", problem));
        if (!state.atNextStart().isEmpty()) {
            ArrayNode keys = json.putArray("atNextStart");
            state.atNextStart().forEach(keys::add);
        }
        return json;
    }

    private ArrayNode repliesFiles() {
        ArrayNode files = JsonNodeFactory.instance.arrayNode();
        for (RepliesFile file : replies.files()) {
            RepliesFile.State state = file.state();
            ObjectNode described = Json.object()
                    .put("file", file.path().toString())
                    .put("builtIn", state.builtIn())
                    .put("since", state.since().toString())
                    .put("rules", state.rules().rules().size());
            state.problem().ifPresent(problem -> described.put("problem", problem));
            files.add(described);
        }
        return files;
    }

    private enum Phase {
        STARTING,
        READY,
        STOPPING
    }

    /**
     * How those are that a gateway leans on, for {@code /health}.
     *
     * @param redis empty where none is configured
     * @param stops what is not asked of WeChat at the moment, and why
     * @param troubles what is wrong with WeChat's API besides
     * @param openToAll the accounts that should know where WeChat's pushes come from, and do not yet
     * @param decidedAlone how many pushes this instance has decided alone, since Redis was away
     * @param spool how that is; empty where there is none
     * @param handlers what is wrong with the jars of custom handlers as they are now
     * @param clock the machine's
     */
    public record Dependencies(
            Optional<RedisLink> redis,
            LongSupplier decidedAlone,
            Supplier<List<ApiPause>> stops,
            Supplier<List<ApiTrouble>> troubles,
            Supplier<List<String>> openToAll,
            Supplier<Optional<SpoolState>> spool,
            Supplier<Optional<ReloadTrouble>> handlers,
            ClockCheck clock) {
        public Optional<ObjectNode> redisJson() {
            return redis.map(RedisLink::state).map(state -> json(state).put("decidedAlone", decidedAlone.getAsLong()));
        }

        private static ObjectNode json(RedisState state) {
            ObjectNode json = Json.object()
                    .put("up", state.up())
                    .put("since", state.since().toString());
            state.error().ifPresent(error -> json.put("error", error));
            state.role().ifPresent(role -> json.put("role", role));
            state.fault()
                    .map(RedisFault::hint)
                    .ifPresent(hint -> json.put(
                                    "fault", state.fault().map(Enum::name).orElse(""))
                            .put("hint", hint));
            return json;
        }

        ArrayNode stopsJson() {
            ArrayNode json = JsonNodeFactory.instance.arrayNode();
            stops.get().forEach(stop -> json.add(json(stop)));
            return json;
        }

        private static ObjectNode json(ApiPause stop) {
            return Json.object()
                    .put("account", stop.account())
                    .put("calls", stop.calls())
                    .put("errcode", stop.code().code())
                    .put("errmsg", stop.errmsg())
                    .put("meaning", stop.code().meaning())
                    .put("remedy", stop.code().remedy())
                    .put("meaningZh", stop.code().chineseMeaning())
                    .put("remedyZh", stop.code().chineseRemedy())
                    .put("until", stop.until().toString());
        }
    }
}
