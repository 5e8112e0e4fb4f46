package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.weir.simulator.push.PushOrder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weir serve} as a process whose configuration file is changed. */
class RotationIT {
    private static final String ONLY_OLD = "token: \"${WEIR_OLD_TOKEN}\"";
    private static final String BOTH = "token: [\"${WEIR_TOKEN}\", \"${WEIR_OLD_TOKEN}\"]";
    private static final String ONLY_NEW = "token: [\"${WEIR_TOKEN}\"]";
    private static final String CONFIGURATION = ServeIT.CONFIGURATION.replace(BOTH, ONLY_OLD);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void takesInAChangedFileWithoutARestart() throws Exception {
        write(CONFIGURATION);
        Files.writeString(folder.resolve("replies.yaml"), "CLICK: { default: { text: from the shop } }\n");
        Files.writeString(folder.resolve("club.yaml"), "CLICK: { default: { text: from the club } }\n");
        try (WeirProcess serve = WeirProcess.start(folder, Secrets.ENVIRONMENT, "serve", "--conf", "weir.yaml")) {
            URI shop = ServeIT.pushBase(serve).resolve("shop");
            assertThat(isAccepted(Secrets.OLD_TOKEN, shop)).isTrue();
            assertThat(isAccepted(Secrets.TOKEN, shop)).isFalse();

            write(CONFIGURATION.replace(ONLY_OLD, BOTH).replace("mode: safe", "mode: compatible"));
            serve.awaitErr("configuration reloaded file=\"weir.yaml\" account=\"shop\" changed=\"token\" tokens=\"2\"");
            serve.awaitErr("account=\"club\" changed=\"mode safe → compatible\"");
            assertThat(isAccepted(Secrets.OLD_TOKEN, shop)).isTrue();
            assertThat(isAccepted(Secrets.TOKEN, shop)).isTrue();

            write("accounts: [");
            serve.awaitErr("configuration file has errors, the previous configuration stays file=\"weir.yaml\"");
            assertThat(isAccepted(Secrets.TOKEN, shop)).isTrue();
            assertThat(health(serve).getString("status")).isEqualTo("degraded");

            write(CONFIGURATION.replace(ONLY_OLD, ONLY_NEW) + "wechat: { timeout: 4s }\n");
            serve.awaitErr("account=\"shop\" changed=\"token\" tokens=\"1\"");
            serve.awaitErr("takes effect at the next start file=\"weir.yaml\" keys=\"wechat.timeout\"");
            assertThat(isAccepted(Secrets.OLD_TOKEN, shop)).isFalse();
            assertThat(isAccepted(Secrets.TOKEN, shop)).isTrue();
            assertThat(health(serve).getString("status")).isEqualTo("ready");
            assertThat(health(serve).encode()).doesNotContain(Secrets.ALL);
        }
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("weir.yaml"), text);
    }

    private static boolean isAccepted(String token, URI shop) {
        try (WeChat wechat = new WeChat(ServeIT.shop(token), shop)) {
            return WeChat.await(wechat.push(PushOrder.of("CLICK"))).accepted();
        }
    }

    private static JsonObject health(WeirProcess serve) throws IOException, InterruptedException {
        URI url = ServeIT.admin(serve).resolve("/health");
        return new JsonObject(ServeIT.get(url, Optional.of(Secrets.ADMIN_TOKEN)).body());
    }
}
