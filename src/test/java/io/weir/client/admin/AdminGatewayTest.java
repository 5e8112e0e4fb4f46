package io.weir.client.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.client.SharedCredentials.CredentialState;
import io.weir.client.SharedCredentials.CredentialState.Source;
import io.weir.client.WeChatException;
import io.weir.client.admin.AdminException.Kind;
import io.weir.client.admin.AdminGateway.AdminAddress;
import io.weir.config.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
class AdminGatewayTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** Where no answer comes. */
    private static final Duration SHORT = Duration.ofMillis(300);

    private static final Secret TOKEN = Secret.of("adminTokenGreen5");

    @Test
    void readsCredentialsAsTheyAreAndWritesThemTheSame(Vertx vertx) {
        AdminGateway gateway = answering(vertx, 200, """
                {"account":"shop","new":1,
                 "accessToken":{"source":"from_store","ageSeconds":3,"expiresInSeconds":60,"nextRenewalSeconds":54,
                   "fetchesToday":2,"stopped":true,"pausedSeconds":9,"storeAway":true,
                   "lastError":{"kind":"refused","errcode":40001,"errmsg":"invalid credential","rid":"1-2-3"}},
                 "jsapiTicket":{"source":"of the future","lastError":{"kind":"unreachable","message":"no connection"}}}
                """);

        List<CredentialState> states = join(gateway.states("shop"));

        assertThat(states).hasSize(2);
        CredentialState token = states.get(0);
        assertThat(token.source()).contains(Source.FROM_STORE);
        assertThat(token.life()).contains(Duration.ofMinutes(1));
        assertThat(token.paused()).contains(Duration.ofSeconds(9));
        assertThat(token.stopped() && token.storeAway()).isTrue();
        assertThat(token.lastError()
                        .flatMap(WeChatException::code)
                        .orElseThrow()
                        .meaning())
                .contains("AppSecret");
        CredentialState ticket = states.get(1);
        assertThat(ticket.kind()).isEqualTo(CredentialKind.JSAPI_TICKET);
        assertThat(ticket.source()).isEmpty();
        assertThat(ticket.lastError().map(WeChatException::kind)).contains(WeChatException.Kind.UNREACHABLE);
        assertThat(AdminJson.states(AdminJson.write("shop", states)).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(states);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | <html>hello</html>                                        | NOT_A_GATEWAY
            200 | {"other":"program"}                                       | NOT_A_GATEWAY
            404 | not found                                                 | NOT_A_GATEWAY
            302 | ''                                                        | NOT_A_GATEWAY
            401 | {"title":"The admin token is needed"}                     | TOKEN_WRONG
            404 | {"title":"Not found","detail":"There is no account shop"} | PROBLEM
            """)
    void anAnswerThatIsNoneIsSorted(int status, String body, Kind kind, Vertx vertx) {
        AdminGateway gateway = answering(vertx, status, body);

        assertThatThrownBy(() -> join(gateway.states("shop"))).isInstanceOfSatisfying(AdminException.class, failure -> {
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure).hasMessageContaining(gateway.address().authority());
            assertThat(failure).hasMessageNotContaining(TOKEN.reveal());
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"title":"x","detail":"y","kind":"refused","errcode":40164,"errmsg":"invalid ip"} | REFUSED     | 40164
            {"title":"x","detail":"later","kind":"stopped","errcode":45009}                   | STOPPED     | 45009
            {"title":"x","detail":"no way","kind":"unreachable"}                              | UNREACHABLE |
            """)
    void whatWeChatSaidToTheGatewayIsSaidOn(
            String body, WeChatException.Kind kind, @Nullable Integer code, Vertx vertx) {
        AdminGateway gateway = answering(vertx, 502, body);

        assertThatThrownBy(() -> join(gateway.accessToken("shop")))
                .isInstanceOfSatisfying(WeChatException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(kind);
                    assertThat(failure.code().map(each -> each.code())).isEqualTo(Optional.ofNullable(code));
                });
    }

    @Test
    void nothingThatListensIsAnAbsentGateway(Vertx vertx) {
        AdminGateway gateway = at(vertx, 1, Optional.of(TOKEN));

        assertThatThrownBy(() -> join(gateway.ready()))
                .isInstanceOfSatisfying(
                        AdminException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.ABSENT));
    }

    @Test
    void somethingThatListensAndIsSilentIsNotAbsent(Vertx vertx) {
        AdminGateway gateway = at(vertx, listening(vertx, 0, ""), Optional.empty(), SHORT);

        assertThatThrownBy(() -> join(gateway.accessToken("shop")))
                .isInstanceOfSatisfying(
                        AdminException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.SILENT));
    }

    private static AdminGateway answering(Vertx vertx, int status, String body) {
        return at(vertx, listening(vertx, status, body), Optional.of(TOKEN));
    }

    private static AdminGateway at(Vertx vertx, int port, Optional<Secret> token) {
        return at(vertx, port, token, LIMIT);
    }

    private static AdminGateway at(Vertx vertx, int port, Optional<Secret> token, Duration limit) {
        return new AdminGateway(vertx, new AdminAddress("0.0.0.0", port, token), limit);
    }

    /** @param status 0 for no answer at all */
    private static int listening(Vertx vertx, int status, String body) {
        return join(vertx.createHttpServer()
                        .requestHandler(request -> {
                            if (status > 0) {
                                request.response().setStatusCode(status).end(body);
                            }
                        })
                        .listen(0, "127.0.0.1"))
                .actualPort();
    }

    private static <T> T join(Future<T> future) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException expected ? expected : failure;
        }
    }
}
