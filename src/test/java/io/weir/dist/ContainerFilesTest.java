package io.weir.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.weir.CommandRun;
import io.weir.cli.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The recipes for containers say what Weir and the other shipped files say: ports, paths, flags, times. */
class ContainerFilesTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "WEIR_APP_ID", "wx00000000000000a1",
            "WEIR_APP_SECRET", "4f0c3b2a5d6e7f8091a2b3c4d5e6f708",
            "WEIR_TOKEN", "aTokenOfThisTest",
            "WEIR_AES_KEY", "a".repeat(42) + "A",
            "WEIR_ADMIN_TOKEN", "an-admin-token-of-this-test");
    /** What a stop takes beside push.drain: README, "Stopping". */
    private static final int BESIDE_DRAIN = 15;

    private static final Pattern SERVER = Pattern.compile("server \\w+ (\\S+):(\\d+) check port (\\d+)");

    private final ObjectMapper json = new ObjectMapper();
    private final JsonNode compose = documents("conf/compose.yaml").get(0);
    private final JsonNode deployment = kubernetes("Deployment");
    private final JsonNode pod = deployment.at("/spec/template/spec");
    private final JsonNode container = pod.at("/containers/0");
    private final Map<String, String> recipe = recipe();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void composeStartsTheInstancesThatHaproxyKnows() throws IOException {
        JsonNode configuration = composed();
        List<MatchResult> servers = SERVER.matcher(Files.readString(Path.of("conf/haproxy.cfg")))
                .results()
                .toList();

        assertThat(servers).extracting(each -> each.group(1)).containsExactlyElementsOf(addresses());
        assertThat(servers)
                .extracting(each -> each.group(2))
                .containsOnly(configuration.at("/push/port").asText());
        assertThat(servers)
                .extracting(each -> each.group(3))
                .containsOnly(configuration.at("/admin/port").asText());
        assertThat(compose.at("/services/haproxy/volumes/0").asText()).startsWith("./haproxy.cfg:");
        assertThat(compose.at("/services/redis/command").toString()).contains("\"noeviction\"");
    }

    private List<String> addresses() {
        return new TreeSet<>(compose.at("/services").findValuesAsText("ipv4_address"))
                .stream().toList();
    }

    @Test
    void composeAndKubernetesHaveConfigurationsThatCheckAccepts() throws IOException {
        String kubernetes = kubernetes("ConfigMap").at("/data/weir.yaml").asText();
        String replies = kubernetes("ConfigMap").at("/data/replies.yaml").asText();

        for (String each : List.of(composedText(), kubernetes)) {
            Path file = Files.writeString(folder.resolve("weir.yaml"), each);
            Files.writeString(folder.resolve("replies.yaml"), replies);
            CommandRun check = CommandRun.with(ENVIRONMENT, "check", "--conf", file.toString());

            assertThat(check.exitCode()).describedAs(check.out()).isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void everyEnvironmentHasTheVariablesOfItsConfiguration() {
        List<String> ofTheSecret = names(kubernetes("Secret").at("/stringData"));

        assertThat(ofTheSecret).containsExactlyInAnyOrderElementsOf(ENVIRONMENT.keySet());
        for (int i = 1; i <= 3; i++) {
            JsonNode instance = compose.at("/services/weir" + i);
            assertThat(names(instance.at("/environment"))).containsAll(ENVIRONMENT.keySet());
            assertThat(instance.at("/read_only").asBoolean()).isTrue();
            assertThat(instance.at("/image")).isEqualTo(compose.at("/x-weir/image"));
        }
    }

    @Test
    void whateverStopsWeirWaitsLongerThanItDrains() throws IOException {
        long drain = seconds(documents("conf/weir.yaml").get(0).at("/push/drain"));
        long preStop = container.at("/lifecycle/preStop/exec/command/1").asLong();
        String unit = Files.readString(Path.of("src/dist/weir.service"));

        assertThat(seconds(composed().at("/push/drain"))).isEqualTo(drain);
        assertThat(seconds(compose.at("/services/weir1/stop_grace_period")))
                .isGreaterThanOrEqualTo(drain + BESIDE_DRAIN);
        assertThat(pod.at("/terminationGracePeriodSeconds").asLong())
                .isGreaterThanOrEqualTo(preStop + drain + BESIDE_DRAIN);
        assertThat(unit).contains("\nTimeoutStopSec=" + (drain + BESIDE_DRAIN) + "\n");
    }

    @Test
    void kubernetesAsksThePortsThatAreOpen() {
        Map<String, String> ports = new TreeMap<>();
        container
                .at("/ports")
                .forEach(each -> ports.put(
                        each.at("/name").asText(), each.at("/containerPort").asText()));

        JsonNode configuration =
                parsed(kubernetes("ConfigMap").at("/data/weir.yaml").asText());
        assertThat(ports)
                .containsEntry("push", configuration.at("/push/port").asText())
                .containsEntry("admin", configuration.at("/admin/port").asText());
        assertThat(container.at("/readinessProbe/httpGet").toString())
                .isEqualTo("{\"path\":\"/ready\",\"port\":\"admin\"}");
        for (String probe : List.of("startupProbe", "livenessProbe")) {
            assertThat(container.at("/" + probe + "/httpGet").toString())
                    .isEqualTo("{\"path\":\"/live\",\"port\":\"admin\"}");
        }
        assertThat(kubernetesAll("Service")).allSatisfy(service -> {
            assertThat(ports).containsKey(service.at("/spec/ports/0/targetPort").asText());
            assertThat(service.at("/spec/selector")).isEqualTo(deployment.at("/spec/template/metadata/labels"));
        });
    }

    @Test
    void kubernetesRunsTheImageOfTheContainerfile() throws IOException {
        String user = pod.at("/securityContext/runAsUser").asText();

        assertThat(recipe.get("USER"))
                .isEqualTo(user + ":" + pod.at("/securityContext/runAsGroup").asText());
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(json.readTree(recipe.get("CMD"))).isEqualTo(container.at("/args"));
        assertThat(container.at("/image").asText())
                .endsWith("/" + compose.at("/x-weir/image").asText());
        assertThat(container.at("/volumeMounts").findValuesAsText("mountPath")).contains("/etc/weir", "/var/lib/weir");
    }

    @Test
    void theContainerfileNeedsNoNetworkAndNoRoot() {
        assertThat(recipe.keySet())
                .containsExactlyInAnyOrder(
                        "FROM",
                        "COPY",
                        "RUN",
                        "VOLUME",
                        "USER",
                        "EXPOSE",
                        "STOPSIGNAL",
                        "HEALTHCHECK",
                        "ENTRYPOINT",
                        "CMD");
        assertThat(recipe.get("RUN"))
                .as("a folder of its own, and nothing from elsewhere")
                .isEqualTo("install -d -o 10001 -g 10001 -m 0750 " + recipe.get("VOLUME"));
        assertThat(recipe.get("FROM")).matches("\\S+/\\S+:\\S+").doesNotContain(":latest");
        assertThat(instruction("COPY").split("\n"))
                .containsExactly("weir.jar /usr/share/weir/weir.jar", "--chmod=0755 bin/weir /usr/bin/weir");
        assertThat(recipe.get("USER")).matches("[1-9]\\d*:[1-9]\\d*");
        assertThat(recipe).containsEntry("STOPSIGNAL", "SIGTERM").containsEntry("EXPOSE", "8080 8081");
        assertThat(List.of(recipe.get("ENTRYPOINT"), recipe.get("CMD"))).allMatch(each -> each.startsWith("[\""));
    }

    @ParameterizedTest
    @CsvSource({"200, 0", "503, 1"})
    void theHealthCheckTellsWhetherLiveAnswers(int status, int exitCode) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs bash");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/live", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        try {
            String check = instruction("HEALTHCHECK").replaceFirst(".* CMD ", "");
            List<String> command = new ArrayList<>();
            json.readTree(check.replace("8081", "" + server.getAddress().getPort()))
                    .forEach(word -> command.add(word.asText()));

            assertThat(new ProcessBuilder(command).start().waitFor()).isEqualTo(exitCode);
        } finally {
            server.stop(0);
        }
    }

    /** By instruction; of several, a line each. */
    private static Map<String, String> recipe() {
        Map<String, String> instructions = new TreeMap<>();
        String text = read("conf/Containerfile").replace("\\\n", " ");
        for (String line :
                text.lines().filter(each -> each.matches("[A-Z]+ .*")).toList()) {
            String[] parts = line.split(" ", 2);
            instructions.merge(parts[0], parts[1].strip(), (one, other) -> one + "\n" + other);
        }
        return instructions;
    }

    private String instruction(String name) {
        return Objects.requireNonNull(recipe.get(name), name);
    }

    private String composedText() {
        return compose.at("/configs/weir/content").asText().replace("$$", "$");
    }

    private JsonNode composed() {
        return parsed(composedText());
    }

    private JsonNode kubernetes(String kind) {
        return kubernetesAll(kind).get(0);
    }

    private List<JsonNode> kubernetesAll(String kind) {
        return documents("conf/kubernetes.yaml").stream()
                .filter(each -> each.at("/kind").asText().equals(kind))
                .toList();
    }

    private JsonNode parsed(String yaml) {
        return json.valueToTree(yaml().load(yaml));
    }

    private List<JsonNode> documents(String file) {
        return StreamSupport.stream(yaml().loadAll(read(file)).spliterator(), false)
                .<JsonNode>map(json::valueToTree)
                .toList();
    }

    private static Yaml yaml() {
        return new Yaml(new SafeConstructor(new LoaderOptions()));
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static long seconds(JsonNode duration) {
        return Long.parseLong(duration.asText().replaceFirst("s$", ""));
    }
}
