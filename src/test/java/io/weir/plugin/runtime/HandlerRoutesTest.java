package io.weir.plugin.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.weir.config.Problem;
import io.weir.config.Problems;
import io.weir.config.Section;
import io.weir.dispatch.HandlerConfig;
import io.weir.plugin.Handler;
import io.weir.wechat.message.Head;
import io.weir.wechat.message.MenuEvent.Click;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HandlerRoutesTest {
    private final Problems problems = new Problems();

    @Test
    void leavesAllToTheRulesWithoutHandlers() {
        HandlerRoutes routes = routes("");

        assertThat(who(routes, "main", "A")).isEmpty();
        assertThat(routes.find(click("main", "A"))).isNull();
    }

    @Test
    void asksTheHandlerOfTheKeyBeforeThatOfTheType() {
        HandlerRoutes routes = routes("", new Orders(), new AllTaps());

        assertThat(who(routes, "main", "ORDER")).contains("Orders");
        assertThat(who(routes, "main", "OTHER")).contains("AllTaps");
        assertThat(routes.keys("main", PushType.CLICK)).containsOnlyKeys("ORDER", "ORDERS");
    }

    @Test
    void leavesOtherKeysToTheRules() {
        HandlerRoutes routes = routes("", new Orders());

        assertThat(who(routes, "main", "OTHER")).isEmpty();
    }

    @Test
    void answersForAnyAccountAsTheConfigurationSays() {
        String all = AllTaps.class.getName();
        HandlerRoutes routes = routes(
                "handlers: { 'CLICK.B': { handler: " + all + " } }\n"
                        + "accounts: { shop: { handlers: { CLICK: { handler: " + all
                        + " }, 'CLICK.C': { handler: none } } } }",
                new Orders(),
                new AllTaps());

        assertThat(who(routes, "main", "B")).contains("AllTaps");
        assertThat(who(routes, "main", "OTHER"))
                .as("what it is named for and nothing else")
                .isEmpty();
        assertThat(who(routes, "main", "ORDER")).contains("Orders");
        assertThat(who(routes, "shop", "OTHER")).contains("AllTaps");
        assertThat(who(routes, "shop", "C")).as("none: the rules").isEmpty();
        assertThat(who(routes, "shop", "B")).contains("AllTaps");
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void refusesTwoHandlersOfOneKeyAndSaysHowToChoose() {
        routes("", new Orders(), new MoreOrders());

        assertThat(problems.errors().stream().map(Problem::text))
                .containsExactly("test: found " + MoreOrders.class.getName()
                        + " for CLICK.ORDER; expected one handler for them, and test has " + Orders.class.getName()
                        + "; say which: handlers: { \"CLICK.ORDER\": { handler: " + MoreOrders.class.getName()
                        + " } }");
    }

    @Test
    void refusesAClassThatNoJarHasAndNamesThoseThatAreThere() {
        routes("handlers:\n  CLICK.A: { handler: com.example.Odrers }", new Orders());

        assertThat(problems.errors().stream().map(Problem::text))
                .containsExactly(
                        "weir.yaml:2: handlers.\"CLICK.A\".handler: found \"com.example.Odrers\"; expected the class of a"
                                + " handler of CLICK in a jar, or none; there is " + Orders.class.getName());
    }

    private HandlerRoutes routes(String configuration, Handler<?>... handlers) {
        Plugin plugin = Plugin.of("test", List.of(handlers));
        Map<String, HandlerConfig> config = HandlerConfig.readAll(Section.parse("weir.yaml", configuration, problems));
        return HandlerRoutes.of(
                plugin.handlers().stream()
                        .map(each -> new RunningHandler(plugin, each))
                        .toList(),
                config,
                problems);
    }

    private static Optional<String> who(HandlerRoutes routes, String account, String key) {
        return Optional.ofNullable(routes.find(click(account, key)))
                .map(found -> found.handler().getClass().getSimpleName());
    }

    private static Click click(String account, String key) {
        return new Click(new Head(account, "gh_1", "oA", Instant.EPOCH), key, Optional.empty());
    }

    private static class AllTaps implements Handler<Click> {
        @Override
        public PushType<Click> type() {
            return PushType.CLICK;
        }

        @Override
        public Future<Reply> handle(Click push) {
            return Future.succeededFuture(Reply.NONE);
        }

        @Override
        public boolean nonBlocking() {
            return true;
        }
    }

    private static class Orders extends AllTaps {
        @Override
        public Set<String> keys() {
            return Set.of("ORDER", "ORDERS");
        }
    }

    private static final class MoreOrders extends AllTaps {
        @Override
        public Set<String> keys() {
            return Set.of("ORDER");
        }
    }
}
