package io.weir.menu.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.weir.redis.Await;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom {@code weir menu pull} asks for the files of a menu. */
class WebFileTest {
    private static final String SECRET = "?vkey=hush";

    /** Names of WeChat's that somebody has set to this machine. */
    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setAddressResolverOptions(new AddressResolverOptions()
                    .setHostsValue(Buffer.buffer("127.0.0.1 video.qq.com\n127.0.0.1 evil.example\n"))));

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private int port;
    private URI api;

    @BeforeEach
    void listen() {
        HttpServer server = vertx.createHttpServer().requestHandler(this::answer);
        port = Await.result(server.listen(0, "0.0.0.0")).actualPort();
        api = URI.create("http://127.0.0.1:" + port);
    }

    @AfterEach
    void close() {
        Await.result(vertx.close());
    }

    private void answer(HttpServerRequest request) {
        asked.add(request.path());
        String to = request.path().equals("/loop") ? "/loop" : request.getParam("to");
        if (request.path().equals("/endless")) {
            goOn(request.response().setChunked(true));
        } else if (to == null) {
            request.response().putHeader("Content-Type", "video/mp4; x").end("film");
        } else {
            request.response().setStatusCode(302).putHeader("Location", to).end();
        }
    }

    private static void goOn(HttpServerResponse response) {
        response.write("film").onSuccess(written -> goOn(response));
    }

    @Test
    void fetchesFromTheConfiguredApiEvenWhereThatIsPrivate() {
        assertThat(fetch(api + "/film" + SECRET)).isEqualTo("film");
    }

    @Test
    void keepsNothingThatIsTooLarge() {
        refuses(api + "/endless", "it has more than 100 bytes");
    }

    @Test
    void followsRedirectsThatStay() {
        assertThat(fetch(api + "/one?to=/film")).isEqualTo("film");
        assertThat(asked).containsExactly("/one", "/film");
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example:PORT/film, 'evil.example, which is not WeChat''s (qq.com, qpic.cn)'",
        "http://qq.com.evil.example:PORT/film, 'qq.com.evil.example, which is not'",
        "http://evilqq.com:PORT/film, 'evilqq.com, which is not'",
        "http://video.qq.com@evil.example:PORT/film, 'evil.example, which is not'",
        "http://evil.example:PORT/vweixinp.tc.qq.com/film, 'evil.example, which is not'",
        "http://61.182.130.30:PORT/film, '61.182.130.30, which is not'",
        "http://169.254.169.254/latest, '169.254.169.254, which is not'",
        "http://[::1]:PORT/film, '[::1], which is not'",
        "http://video.qq.com:PORT/film, 'video.qq.com at 127.0.0.1, which is not on the public internet'",
        "http://VIDEO.QQ.COM:PORT/film, 'at 127.0.0.1, which is not on the public internet'",
        "http://127.0.0.2:PORT/vweixinp.tc.qq.com/film, '127.0.0.2 at 127.0.0.2, which is not on the public internet'",
        "ftp://video.qq.com/film, 'no link of the web'",
        "file:///etc/passwd, 'no link of the web'",
        "'', 'no link of the web'"
    })
    void asksNobodyElse(String link, String reason) {
        String there = link.replace("PORT", String.valueOf(port));

        refuses(there.isEmpty() ? there : there + SECRET, reason);
        assertThat(asked).isEmpty();
        if (link.startsWith("http")) {
            refuses(api + "/one?to=" + there, reason);
            assertThat(asked).containsExactly("/one");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://video.qq.com/film", "http://a.b.qpic.cn/film", "http://61.182.130.30/x.tc.qq.com/film"})
    void knowsTheHostsOfWeChat(String link) {
        assertThat(WebFile.isWeChats(URI.create(link))).isTrue();
    }

    @Test
    void followsNoEndlessRedirects() {
        refuses(api + "/loop", "redirects more than 3 times");
        assertThat(asked).hasSize(4);
    }

    private void refuses(String link, String reason) {
        assertThatThrownBy(() -> fetch(link)).hasMessageContaining(reason).hasMessageNotContaining("hush");
    }

    private String fetch(String link) {
        return Await.result(WebFile.fetch(vertx, link, api, 100, Duration.ofSeconds(5)))
                .bytes()
                .toString();
    }
}
