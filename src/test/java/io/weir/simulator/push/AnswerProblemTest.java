package io.weir.simulator.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.simulator.push.Pusher.AnswerProblem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class AnswerProblemTest {
    @Test
    void saysWhatHappenedAndWhere() {
        assertThat(problem(new TimeoutException()))
                .isEqualTo("no answer from wx.example within 5000 ms, when WeChat hangs up");
        assertThat(problem(new ConnectException("connection timed out after 5000 ms: wx.example")))
                .contains("within 5000 ms");
        assertThat(problem(new ConnectException("Connection refused"))).contains("refused at wx.example", "weir dev");
        assertThat(problem(new UnknownHostException("x"))).isEqualTo("there is no host wx.example");
        assertThat(problem(new SSLHandshakeException("expired"))).isEqualTo("no TLS connection to wx.example: expired");
        assertThat(problem(new SSLHandshakeException("x".repeat(500)))).hasSizeLessThan(200);
        assertThat(problem(new IOException("odd"))).contains("no usable answer from wx.example", "odd");
    }

    private static String problem(Throwable failure) {
        return AnswerProblem.of(failure, URI.create("https://wx.example/wx/main"), Duration.ofSeconds(5));
    }
}
