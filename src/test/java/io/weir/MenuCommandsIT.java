package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.weir.cli.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A gateway whose admin API publishes menus, and the commands that look at them: processes of their own. */
class MenuCommandsIT {
    private static final String MENU = """
            {"button":[
              {"type":"click","name":"今日🎉","key":"NEWS"},
              {"type":"view","name":"主页","url":"https://www.example.com/"}]}""";

    @RegisterExtension
    final SimulatedShop shop = new SimulatedShop();

    private final int adminPort = SimulatedShop.freePort();

    @BeforeEach
    void start() {
        shop.file(shop.configuration(SimulatedShop.freePort(), adminPort));
    }

    @Test
    void whatTheAdminApiPublishesIsPulledShownAndMatched() throws Exception {
        try (WeirProcess gateway = process("serve")) {
            gateway.awaitErr("gateway ready");
            HttpResponse<String> put = put(MENU);
            WeirProcess pull = ended(process("menu", "pull", "menu.yaml"));
            WeirProcess plan = ended(process("menu", "plan", "menu.yaml"));
            WeirProcess current = ended(process("menu", "current"));
            WeirProcess match = ended(process("menu", "match", "--platform", "ios", "--json"));
            WeirProcess backups = ended(process("menu", "rollback", "--list", "--json"));

            assertThat(put.statusCode()).isEqualTo(200);
            assertThat(pull.exitCode()).as(pull.err()).isEqualTo(ExitCode.DONE);
            assertThat(plan.exitCode()).as(plan.err()).isEqualTo(ExitCode.DONE);
            assertThat(current.out()).contains("├─ 今日🎉  click  NEWS\n", "└─ 主页    view   https://www.example.com/\n");
            assertThat(new JsonObject(match.out()).getJsonObject("local").getJsonArray("button"))
                    .hasSize(2);
            assertThat(new JsonObject(backups.out())
                            .getJsonArray("backups")
                            .getJsonObject(0)
                            .getString("id"))
                    .isEqualTo(new JsonObject(put.body()).getString("backup"));
        }
        assertThat(Files.readString(shop.folder().resolve("menu.yaml"))).contains("name: \"今日🎉\"");
        assertThat(backups()).isEqualTo(1);
        assertThat(shop.calls(SimulatedShop.STABLE_TOKEN)).isEqualTo(1);
    }

    private long backups() throws IOException {
        try (Stream<Path> files = Files.list(shop.folder().resolve("menu-backups"))) {
            return files.filter(file -> file.toString().endsWith(".json")).count();
        }
    }

    private HttpResponse<String> put(String menu) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + adminPort + "/api/v1/accounts/shop/menu"))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + Secrets.ADMIN_TOKEN)
                .PUT(BodyPublishers.ofString(menu))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private WeirProcess process(String... arguments) {
        return WeirProcess.start(
                shop.folder(),
                Secrets.ENVIRONMENT,
                Stream.concat(Stream.of(arguments), Stream.of("--conf", "weir.yaml"))
                        .toArray(String[]::new));
    }

    /** Whatever it has told is no secret. */
    private static WeirProcess ended(WeirProcess command) {
        command.exitCode();
        command.close();
        return command;
    }
}
