package io.weir.menu;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.client.AccessTokens;
import io.weir.client.WeChatClient;
import io.weir.client.WeChatConfig;
import io.weir.config.AccountConfig;
import io.weir.config.Secret;
import io.weir.menu.diff.WantedMenus;
import io.weir.menu.publish.MenuChanges;
import io.weir.menu.publish.MenuImages;
import io.weir.redis.MemoryFleetCounter;
import io.weir.redis.RedisLink;
import io.weir.simulator.Simulator;
import io.weir.simulator.SimulatorConfig;
import io.weir.simulator.SimulatorConfig.OfficialAccount;
import io.weir.simulator.platform.Menus;
import io.weir.simulator.platform.Registration;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.SimulatedAccount;
import io.weir.simulator.time.RealTime;
import io.weir.wechat.codec.Mode;
import io.weir.wechat.menu.MenuJson;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A simulated WeChat with one account, and the ways to its menus. */
public final class MenuShop {
    public static final AccountConfig ACCOUNT = new AccountConfig(
            "shop",
            "wx00000000000000a1",
            Secret.of("secretGreen1"),
            List.of(Secret.of("pushTokenRed2")),
            List.of(),
            Mode.PLAINTEXT,
            Optional.empty(),
            AccountConfig.TokenMode.STABLE,
            false,
            Optional.empty());

    final Vertx vertx;
    public final Simulator wechat;
    /** Lies between the calls and WeChat. */
    public final RecordedCalls wire;

    private final Path folder;

    public MenuShop(Vertx vertx, Path folder) {
        this.vertx = vertx;
        this.folder = folder;
        OfficialAccount account = new OfficialAccount(
                Registration.of(ACCOUNT.name(), ACCOUNT.appId(), "secretGreen1", "gh_000000000000"),
                new SimulatedAccount(
                        ACCOUNT.name(),
                        ACCOUNT.appId(),
                        "pushTokenRed2",
                        Optional.empty(),
                        "gh_000000000000",
                        PushMode.PLAINTEXT),
                URI.create("http://127.0.0.1:1/wx/shop"));
        wechat = new Simulator(
                vertx,
                new SimulatorConfig("127.0.0.1", 0, Optional.empty(), List.of(account), false),
                new RealTime(vertx));
        join(wechat.start());
        wire = new RecordedCalls(vertx, wechat.baseUri());
    }

    /** Those of a process: each has its own memory of what WeChat has forbidden. */
    public MenuChanges changes() {
        return changes(Optional.empty());
    }

    public MenuChanges changes(Optional<RedisLink> redis) {
        return MenuChanges.create(vertx, client(), redis, folder.resolve("menu-backups"), Clock.systemUTC());
    }

    /** Its own memory of pictures is beside the backups. */
    public MenuImages images(Optional<RedisLink> redis) {
        return MenuImages.create(vertx, client(), redis, folder.resolve("menu-backups"));
    }

    private WeChatClient client() {
        Clock clock = Clock.systemUTC();
        return WeChatClient.create(
                vertx,
                new WeChatConfig(wire.uri(), Duration.ofSeconds(2)),
                List.of(ACCOUNT),
                new Tokens(),
                new MemoryFleetCounter(System::nanoTime),
                clock);
    }

    public Menus menus() {
        return wechat.account(ACCOUNT.name()).menus();
    }

    /** Does something at WeChat's side. */
    public void atWeChat(Consumer<Menus> action) {
        wechat.platform().exclusively(() -> {
            action.accept(menus());
            return true;
        });
    }

    /** As from the simulated WeChat itself. */
    private final class Tokens implements AccessTokens {
        @Override
        public Future<Secret> current(String account) {
            return Future.succeededFuture(Secret.of(wechat.platform()
                    .exclusively(() ->
                            wechat.account(account).tokens().fetchStable(false).value())));
        }

        @Override
        public Future<Secret> refused(String account, Secret token) {
            return current(account);
        }
    }

    /** A menu file in short. */
    public static WantedMenus wanted(String standard, String... conditional) {
        List<WantedMenus.Named> named = new ArrayList<>();
        for (String body : conditional) {
            named.add(new WantedMenus.Named("menu" + named.size(), MenuJson.conditionalMenu(MenuJson.parse(body))));
        }
        return new WantedMenus(MenuJson.menu(MenuJson.parse(standard)), named);
    }

    public static <T> T join(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    /** What a future fails with. */
    public static Throwable failure(Future<?> future) {
        return join(future.transform(done -> Future.succeededFuture(done.cause())));
    }
}
