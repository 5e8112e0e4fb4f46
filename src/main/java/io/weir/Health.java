package io.weir;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.weir.config.AccountConfig;
import io.weir.receiver.LastPushes;
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
import org.jspecify.annotations.Nullable;

/** What {@code /ready} and {@code /health} tell: how the gateway is, without any secret. Any thread. */
final class Health {
    private final RunningAccounts accounts;
    private final Optional<ConfigurationFile> file;
    private final Replies replies;
    private final Dependencies dependencies;
    private final Clock clock;
    private final Instant started;
    private volatile Phase phase = Phase.STARTING;

    Health(
            RunningAccounts accounts,
            Optional<ConfigurationFile> file,
            Replies replies,
            Dependencies dependencies,
            Clock clock) {
        this.accounts = accounts;
        this.file = file;
        this.replies = replies;
        this.dependencies = dependencies;
        this.clock = clock;
        this.started = clock.instant();
    }

    void open() {
        phase = Phase.READY;
    }

    void close() {
        phase = Phase.STOPPING;
    }

    boolean isStopping() {
        return phase == Phase.STOPPING;
    }

    boolean isReady() {
        return phase == Phase.READY;
    }

    JsonObject report() {
        JsonObject report = new JsonObject()
                .put("status", status())
                .put("version", version())
                .put("uptimeSeconds", Duration.between(started, clock.instant()).toSeconds())
                .put("state", dependencies.redis().isPresent() ? "redis" : "memory")
                .put("accounts", accounts())
                .put("replies", repliesFiles())
                .put("wechat", new JsonObject().put("stopped", dependencies.stopsJson()));
        report.put("clock", dependencies.clock().json());
        file.ifPresent(each -> report.put("configuration", configuration(each)));
        dependencies.redisJson().ifPresent(redis -> report.put("redis", redis));
        return report;
    }

    static String version() {
        return Objects.requireNonNullElse(Health.class.getPackage().getImplementationVersion(), "unreleased");
    }

    private String status() {
        boolean refused =
                replies.files().stream().anyMatch(file -> file.state().problem().isPresent());
        boolean wrong = file.filter(each -> each.state().problem().isPresent()).isPresent();
        boolean degraded = refused || wrong || dependencies.areDegraded();
        return phase == Phase.READY && degraded ? "degraded" : phase.name().toLowerCase(Locale.ROOT);
    }

    private JsonArray accounts() {
        JsonArray described = new JsonArray();
        for (AccountConfig account : accounts.current()) {
            JsonObject each = new JsonObject()
                    .put("name", account.name())
                    .put("mode", account.mode().name().toLowerCase(Locale.ROOT))
                    .put("rules", replies.of(account.name()).rules().size());
            accounts.door().lastPushes(account.name()).ifPresent(last -> each.put("lastPush", lastPush(last)));
            described.add(each);
        }
        return described;
    }

    /** Times in the order of the lists in the configuration; null for never since the start. */
    private static JsonObject lastPush(LastPushes last) {
        JsonObject forms = new JsonObject();
        for (Form form : Form.values()) {
            forms.put(
                    form.name().toLowerCase(Locale.ROOT),
                    time(Objects.requireNonNull(last.forms().get(form))));
        }
        return new JsonObject()
                .put("token", times(last.tokens()))
                .put("encodingAesKey", times(last.aesKeys()))
                .put("form", forms);
    }

    private static JsonArray times(List<Optional<Instant>> times) {
        JsonArray json = new JsonArray();
        times.forEach(time -> json.add(time(time)));
        return json;
    }

    private static @Nullable String time(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }

    private static JsonObject configuration(ConfigurationFile file) {
        ConfigurationFile.State state = file.state();
        JsonObject json = new JsonObject()
                .put("file", file.path().toString())
                .put("since", state.since().toString());
        state.problem().ifPresent(problem -> json.put("problem", problem));
        if (!state.atNextStart().isEmpty()) {
            json.put("atNextStart", new JsonArray(state.atNextStart()));
        }
        return json;
    }

    private JsonArray repliesFiles() {
        JsonArray files = new JsonArray();
        for (RepliesFile file : replies.files()) {
            RepliesFile.State state = file.state();
            JsonObject described = new JsonObject()
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
}
