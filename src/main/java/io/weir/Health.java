package io.weir;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.weir.config.AccountConfig;
import io.weir.replies.Replies;
import io.weir.replies.RepliesFile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/** What {@code /ready} and {@code /health} tell: how the gateway is, without any secret. Any thread. */
final class Health {
    private final GatewayConfig config;
    private final Replies replies;
    private final Dependencies dependencies;
    private final Clock clock;
    private final Instant started;
    private volatile Phase phase = Phase.STARTING;

    Health(GatewayConfig config, Replies replies, Dependencies dependencies, Clock clock) {
        this.config = config;
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
        dependencies.redisJson().ifPresent(redis -> report.put("redis", redis));
        return report;
    }

    static String version() {
        return Objects.requireNonNullElse(Health.class.getPackage().getImplementationVersion(), "unreleased");
    }

    private String status() {
        boolean refused =
                replies.files().stream().anyMatch(file -> file.state().problem().isPresent());
        boolean degraded = refused || dependencies.areDegraded();
        return phase == Phase.READY && degraded ? "degraded" : phase.name().toLowerCase(Locale.ROOT);
    }

    private JsonArray accounts() {
        JsonArray accounts = new JsonArray();
        for (AccountConfig account : config.accounts()) {
            accounts.add(new JsonObject()
                    .put("name", account.name())
                    .put("mode", account.mode().name().toLowerCase(Locale.ROOT))
                    .put("rules", replies.of(account.name()).rules().size()));
        }
        return accounts;
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
