package io.weir.plugin.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.client.BusAccessTokens;
import io.weir.client.WeChatClient;
import io.weir.client.WeChatConfig;
import io.weir.config.Problems;
import io.weir.dispatch.Deadline;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.Observers;
import io.weir.redis.Await;
import io.weir.redis.MemoryFleetCounter;
import io.weir.wechat.message.Head;
import io.weir.wechat.message.MenuEvent.Click;
import io.weir.wechat.message.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars are replaced under a running gateway. */
class HandlersVerticleTest {
    private final Vertx vertx = Vertx.vertx();
    private final Problems problems = new Problems();

    @TempDir
    Path folder;

    @TempDir
    Path made;

    @AfterEach
    void close() {
        System.clearProperty("weir.test.hold");
        System.clearProperty("weir.test.stopped");
        Await.result(vertx.close());
    }

    @Test
    void takesANewJarInAndLetsTheOldOneFinishWhatItHasBegun() throws IOException {
        put("hello", source("first", true));
        PluginHandlers handlers = started();
        System.setProperty("weir.test.hold", "yes");
        CompletableFuture<Reply> begun = ask(handlers);

        put("hello", source("second", false));

        Await.until("the new one answers", () -> "second".equals(answer(handlers)));
        assertThat(begun).isNotDone();
        System.setProperty("weir.test.hold", "no");
        assertThat(begun.join()).isEqualTo(Reply.text("first"));
        Await.until("the old one has been stopped", () -> "first ".equals(System.getProperty("weir.test.stopped")));
    }

    @Test
    void stopsAReplacedHandlerTooWhenTheGatewayStopsBeforeItsLastPushHasEnded() throws IOException {
        put("hello", source("first", true));
        PluginHandlers handlers = started();
        System.setProperty("weir.test.hold", "yes");
        CompletableFuture<Reply> begun = ask(handlers);
        put("hello", source("second", false));
        Await.until("the new one answers", () -> "second".equals(answer(handlers)));

        handlers.stop();

        assertThat(System.getProperty("weir.test.stopped")).isEqualTo("first second ");
        assertThat(begun).isNotDone();
    }

    @Test
    void keepsTheOldHandlerWhereTheNewJarIsBroken() throws IOException {
        put("hello", source("first", false));
        PluginHandlers handlers = started();

        Files.writeString(folder.resolve("hello.jar"), "half a jar");
        Await.until("it was tried", () -> handlers.trouble().isPresent());
        assertThat(handlers.trouble().orElseThrow().error())
                .contains("hello.jar: found a file that is not a valid JAR");
        assertThat(answer(handlers)).isEqualTo("first");
        put("hello", source("third", false));

        Await.until("the mended one answers", () -> "third".equals(answer(handlers)));
        Await.until("nothing is wrong any more", () -> handlers.trouble().isEmpty());
    }

    @Test
    void keepsTheOldHandlerWhereTheStartOfTheNewOneThrows() throws IOException {
        put("hello", source("first", false));
        PluginHandlers handlers = started();

        put("hello", source("second", false).replace("/* start */", "if (true) throw new IllegalStateException();"));
        Await.until("it was tried", () -> "second".equals(System.getProperty("weir.test.started")));

        assertThat(answer(handlers)).isEqualTo("first");
        put("hello", source("third", false));
        Await.until("the mended one answers", () -> "third".equals(answer(handlers)));
    }

    @Test
    void letsGoOfAJarThatIsGoneAndTakesOneThatIsNew() throws IOException {
        put("hello", source("first", false));
        PluginHandlers handlers = started();

        Files.delete(folder.resolve("hello.jar"));
        Await.until("nobody answers", () -> "nobody".equals(answer(handlers)));

        put("again", source("back", false));
        Await.until("it answers", () -> "back".equals(answer(handlers)));
    }

    private PluginHandlers started() {
        PluginHandlers handlers = PluginHandlers.in(folder, Map.of(), problems);
        problems.throwIfErrors();
        WeChatClient wechat = WeChatClient.create(
                vertx,
                WeChatConfig.DEFAULT,
                List.of(),
                new BusAccessTokens(vertx, Duration.ofSeconds(1)),
                new MemoryFleetCounter(System::nanoTime),
                Clock.systemUTC());
        handlers.start(new HandlerServices.GatewayParts(
                vertx, List.of(), push -> Reply.NONE, wechat, new Observers(vertx), new SimpleMeterRegistry()));
        Await.result(vertx.deployVerticle(handlers.watcher().orElseThrow()));
        return handlers;
    }

    /** As a build does it: in one move, or written in place. */
    private void put(String name, String source) throws IOException {
        Path jar = Jars.handler(made.resolve(name + ".jar"), "Hello", source);
        Files.move(jar, folder.resolve(name + ".jar"), StandardCopyOption.REPLACE_EXISTING);
    }

    private String answer(PluginHandlers handlers) {
        Reply reply = ask(handlers)
                .completeOnTimeout(Reply.NONE, 50, TimeUnit.MILLISECONDS)
                .join();
        return reply instanceof Reply.Text text ? text.content() : "nobody";
    }

    private CompletableFuture<Reply> ask(PluginHandlers handlers) {
        Click click = new Click(new Head("main", "gh_1", "oA", Instant.EPOCH), "K", Optional.empty());
        Delivery<?> delivery = Delivery.first(click, "key", Deadline.in(Duration.ofSeconds(20)));
        CompletableFuture<Reply> replied = new CompletableFuture<>();
        vertx.runOnContext(here -> {
            Future<Reply> asked = handlers.handle(delivery);
            (asked == null ? Future.succeededFuture(Reply.NONE) : asked)
                    .onComplete(reply -> replied.complete(reply.result()));
        });
        return replied;
    }

    private static String source(String says, boolean holds) {
        return """
                import io.weir.plugin.*;
                import io.weir.wechat.message.*;
                public class Hello implements BlockingHandler<MenuEvent.Click> {
                    public PushType<MenuEvent.Click> type() { return PushType.CLICK; }
                    public void start(Services services) { System.setProperty("weir.test.started", "SAYS"); /* start */ }
                    public void stop() { System.setProperty("weir.test.stopped", System.getProperty("weir.test.stopped", "") + "SAYS "); }
                    public Reply answer(MenuEvent.Click push) throws Exception {
                        while (HOLDS && "yes".equals(System.getProperty("weir.test.hold"))) { Thread.sleep(5); }
                        return Reply.text("SAYS");
                    }
                }
                """.replace("SAYS", says).replace("HOLDS", Boolean.toString(holds));
    }
}
