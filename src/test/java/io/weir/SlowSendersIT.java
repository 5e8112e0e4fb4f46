package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.http.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("measured")
class SlowSendersIT {
    private static final int SENDERS = 200;
    private static final List<String> HALVES = List.of(
            "",
            "POST /wx/shop HTTP/1.1\r\nHost:",
            "POST /wx/shop HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf",
            "POST /wx/shop HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void closesSlowSendersWhilePushesGoOn() throws IOException {
        Files.writeString(folder.resolve("weir.yaml"), ServeIT.CONFIGURATION);
        Files.writeString(folder.resolve("replies.yaml"), "CLICK: { default: { text: hello } }\n");
        Files.writeString(folder.resolve("club.yaml"), "");
        try (WeirProcess serve = WeirProcess.start(folder, Secrets.ENVIRONMENT, "serve", "--conf", "weir.yaml")) {
            URI base = ServeIT.pushBase(serve);
            List<RawHttp> slow = connect(base.getPort());

            try (WeChat wechat = new WeChat(ServeIT.shop(Secrets.TOKEN), base.resolve("shop"))) {
                serve.awaitThat("the end of the slow senders", () -> {
                    assertThat(wechat.click("K")).isEqualTo("hello");
                    return slow.get(SENDERS - 1).isClosedByServer();
                });
            }
            for (RawHttp each : slow) {
                assertThat(each.untilClosed()).doesNotContain("HTTP/1.1 5", "HTTP/1.1 2");
                each.close();
            }
        }
    }

    private static List<RawHttp> connect(int port) throws IOException {
        List<RawHttp> slow = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            slow.add(new RawHttp(port).send(HALVES.get(i % HALVES.size())));
        }
        return slow;
    }
}
