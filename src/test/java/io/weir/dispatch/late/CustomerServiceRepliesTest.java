package io.weir.dispatch.late;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.junit5.VertxExtension;
import io.weir.client.TestClient;
import io.weir.client.calls.CustomerServiceCalls;
import io.weir.dispatch.Clicks;
import io.weir.redis.Await;
import io.weir.redis.MemoryFleetCounter;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of a late reply while WeChat cannot be reached. */
@ExtendWith(VertxExtension.class)
class CustomerServiceRepliesTest {
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Push push = Clicks.click("K");
    private final Queue<String> received = new ConcurrentLinkedQueue<>();

    private Future<String> send(Vertx vertx, int port, Duration age) {
        CustomerServiceCalls calls =
                new CustomerServiceCalls(new TestClient(vertx, URI.create("http://127.0.0.1:" + port)).client);
        return new CustomerServiceReplies(vertx, calls, new MemoryFleetCounter(System::nanoTime), metrics)
                .send(push, Reply.text("late"), age, Optional.empty());
    }

    private HttpServer serve(Vertx vertx, int port) {
        return Await.result(vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    received.add(body.toString());
                    request.response().end("{\"errcode\":0,\"errmsg\":\"ok\"}");
                }))
                .listen(port, "127.0.0.1"));
    }

    private double counted(String outcome) {
        var counter = metrics.find("weir.late.replies").tag("outcome", outcome).counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void isSentWhenWeChatCanBeReachedAgain(Vertx vertx) {
        HttpServer first = serve(vertx, 0);
        int port = first.actualPort();
        Await.result(first.close());

        Future<String> sent = send(vertx, port, Duration.ZERO);
        assertThat(sent.isComplete()).isFalse();
        serve(vertx, port);

        Await.result(sent);
        assertThat(received).hasSize(1);
        assertThat(counted("sent")).isOne();
        assertThat(counted("lost")).isZero();
    }

    @Test
    void isLostByNameWhenTheTimeIsOverBefore(Vertx vertx) {
        HttpServer first = serve(vertx, 0);
        int port = first.actualPort();
        Await.result(first.close());

        Await.result(send(vertx, port, Duration.ofSeconds(59)));

        assertThat(counted("lost")).isOne();
    }
}
