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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars are replaced under a running gateway. */
class HandlersVerticleTest {
    private final Vertx vertx = Vertx.vertx();
    private final Problems problems = new Problems();
    private final List<PluginHandlers> running = new ArrayList<>();
    /** Of this test alone: a handler that another test has replaced may stop while this one runs. */
    private final String property = "weir.test." + UUID.randomUUID();

    @TempDir
    Path folder;

    @TempDir
    Path made;

    @AfterEach
    void close() {
        System.setProperty(property + ".hold", "no");
        running.forEach(PluginHandlers::stop);
        Await.result(vertx.close());
        System.getProperties().keySet().removeIf(key -> key.toString().startsWith(property));
    }

    @Test
    void takesANewJarInAndLetsTheOldOneFinishWhatItHasBegun() throws IOException {
        put("hello", source("first", true));
        PluginHandlers handlers = started();
        System.setProperty(property + ".hold", "yes");
        CompletableFuture<Reply> begun = ask(handlers);

        put("hello", source("second", false));

        Await.until("the new one answers", () -> "second".equals(answer(handlers, Duration.ofMillis(50))));
        assertThat(begun).isNotDone();
        System.setProperty(property + ".hold", "no");
        assertThat(begun.join()).isEqualTo(Reply.text("first"));
        Await.until("the old one has been stopped", () -> "first ".equals(System.getProperty(property + ".stopped")));
    }

    @Test
    void stopsAReplacedHandlerTooWhenTheGatewayStopsBeforeItsLastPushHasEnded() throws IOException {
        put("hello", source("first", true));
        PluginHandlers handlers = started();
        System.setProperty(property + ".hold", "yes");
        CompletableFuture<Reply> begun = ask(handlers);
        put("hello", source("second", false));
        Await.until("the new one answers", () -> "second".equals(answer(handlers, Duration.ofMillis(50))));

        handlers.stop();

        assertThat(System.getProperty(property + ".stopped")).isEqualTo("first second ");
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
        Await.until("it was tried", () -> "second".equals(System.getProperty(property + ".started")));

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
        running.add(handlers);
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
        return answer(handlers, Duration.ofSeconds(10));
    }

    /** Where the handler that is asked may hold the push. */
    private String answer(PluginHandlers handlers, Duration limit) {
        Reply reply = ask(handlers)
                .completeOnTimeout(Reply.NONE, limit.toMillis(), TimeUnit.MILLISECONDS)
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

    private String source(String says, boolean holds) {
        return """
                import io.weir.plugin.*;
                import io.weir.wechat.message.*;
                public class Hello implements BlockingHandler<MenuEvent.Click> {
                    public PushType<MenuEvent.Click> type() { return PushType.CLICK; }
                    public void start(Services services) { System.setProperty("PROPERTY.started", "SAYS"); /* start */ }
                    public void stop() { System.setProperty("PROPERTY.stopped", System.getProperty("PROPERTY.stopped", "") + "SAYS "); }
                    public Reply answer(MenuEvent.Click push) throws Exception {
                        while (HOLDS && "yes".equals(System.getProperty("PROPERTY.hold"))) { Thread.sleep(5); }
                        return Reply.text("SAYS");
                    }
                }
                """.replace("SAYS", says).replace("PROPERTY", property).replace("HOLDS", Boolean.toString(holds));
    }
}
