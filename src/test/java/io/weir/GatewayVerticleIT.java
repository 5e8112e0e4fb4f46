package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.weir.client.calls.TagCalls;
import io.weir.client.calls.TagCalls.Tag;
import io.weir.config.ConfigException;
import io.weir.dispatch.Delivery;
import io.weir.redis.Await;
import io.weir.simulator.people.Person;
import io.weir.simulator.push.PushMode;
import io.weir.testkit.WeirExtension;
import io.weir.wechat.message.MenuEvent.Click;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that an application deploys on its own Vert.x. */
class GatewayVerticleIT {
    /** Pushes to where the application's gateway is. */
    @RegisterExtension
    static final WeirExtension WEIR =
            WeirExtension.create().mode(PushMode.PLAINTEXT).pushingTo(URI.create("http://127.0.0.1:1/wx/dev"));

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        Await.result(vertx.close());
    }

    @Test
    void leavesAKindToTheConsumerOfItsAddressAndShowsItToAnObserver(Person alice) throws IOException {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        vertx.eventBus().<Delivery<Click>>localConsumer("push.event.click", message -> {
            String key = message.body().push().eventKey();
            message.reply(key.equals("V1001_SUNCK") ? Reply.text("from the application") : Reply.configured());
        });
        GatewayVerticle gateway = deployed();
        gateway.observers().observe(PushType.CLICK, click -> seen.add(click.eventKey()));
        WEIR.wechat().account("dev").tags().create("vip");

        alice.taps("V1001_SUNCK").sees("from the application");
        alice.says("你好").sees("from the rules");

        assertThat(seen).containsExactly("V1001_SUNCK");
        assertThat(Await.result(new TagCalls(gateway.wechat()).all("dev")))
                .extracting(Tag::name)
                .contains("vip");
    }

    @Test
    void answersByTheRulesWhereNobodyConsumesTheAddress(Person alice) throws IOException {
        deployed();

        alice.taps("V1001_SUNCK").sees("from the rules");
    }

    @Test
    void answersSuccessWhereTheConsumerFails(Person alice) throws IOException {
        vertx.eventBus().localConsumer("push.event.click", message -> message.fail(1, "broken"));
        deployed();

        alice.taps("V1001_SUNCK").seesNothing();
    }

    @Test
    void endsWithItsDeploymentAndFreesItsPorts(Person alice) throws IOException {
        GatewayVerticle gateway = new GatewayVerticle(configuration("ok"))
                .variables(Map.of("APP_TOKEN", "weirdev", "APP_SECRET", "none"));
        String id = Await.result(vertx.deployVerticle(gateway));
        int port = gateway.pushPort();

        Await.result(vertx.undeploy(id));

        Await.result(vertx.createHttpServer().requestHandler(request -> {}).listen(port, "127.0.0.1"));
        assertThat(alice).isNotNull();
    }

    @Test
    void failsWithAllThatIsWrongWithTheConfiguration() throws IOException {
        Path file = Files.writeString(folder.resolve("weir.yaml"), "accounts: { main: { appId: '' } }\nprot: 1\n");

        Throwable failure = Await.result(vertx.deployVerticle(new GatewayVerticle(file))
                .<Throwable>map(id -> null)
                .otherwise(wrong -> wrong));

        assertThat(failure)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("prot")
                .hasMessageContaining("appSecret");
    }

    private GatewayVerticle deployed() throws IOException {
        GatewayVerticle gateway = new GatewayVerticle(configuration("from the rules"))
                .variables(Map.of(
                        "APP_TOKEN",
                        WEIR.wechat().accounts().get(0).pushes().token(),
                        "APP_SECRET",
                        WEIR.wechat().accounts().get(0).registration().appSecret()))
                .answeredOnTheBus(PushType.CLICK);
        Await.result(vertx.deployVerticle(gateway));
        WEIR.wechat().pushTo("dev", URI.create("http://127.0.0.1:" + gateway.pushPort() + "/wx/dev"));
        return gateway;
    }

    private Path configuration(String says) throws IOException {
        Files.writeString(
                folder.resolve("replies.yaml"),
                "CLICK: { default: { text: " + says + " } }\ntext: { default: { text: " + says + " } }\n");
        return Files.writeString(folder.resolve("weir.yaml"), """
                push:  { host: 127.0.0.1, port: 0 }
                admin: { host: 127.0.0.1, port: 0 }
                wechat: { baseUri: "%s" }
                accounts:
                  dev:
                    appId: %s
                    appSecret: "${APP_SECRET}"
                    token: "${APP_TOKEN}"
                """.formatted(
                        WEIR.wechat().baseUri(),
                        WEIR.wechat().accounts().get(0).pushes().appId()));
    }
}
