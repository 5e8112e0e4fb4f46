package io.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.ScrapedMetrics.Family;
import io.weir.ScrapedMetrics.Sample;
import io.weir.http.Runtimes;
import io.weir.redis.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What a gateway measures from its start on, and the files that are made of it: reference, alerts, dashboard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsTest {
    private static final int MANY = 100;
    /** All series of Weir's of an idle account. */
    private static final long MOST_PER_ACCOUNT = 25;

    private static final Path ALERTS = Path.of("conf/prometheus/alerts.yaml");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern METRIC = Pattern.compile("\\b(?:weir|jvm|process|system)_[a-z0-9_]+");

    /** Asked for by everybody who operates a gateway, with these labels. */
    private static final Map<String, Set<String>> PROMISED = Map.ofEntries(
            Map.entry("weir_build_info", Set.of("version", "commit")),
            Map.entry("weir_executions_total", Set.of("account", "type")),
            Map.entry("weir_execution_seconds", Set.of("type")),
            Map.entry("weir_in_flight_executions", Set.of()),
            Map.entry("weir_overload_refusals_total", Set.of("server", "policy")),
            Map.entry("weir_claims_alone_total", Set.of()),
            Map.entry("weir_takeovers_total", Set.of()),
            Map.entry("weir_joins_total", Set.of()),
            Map.entry("weir_redis_up", Set.of()),
            Map.entry("weir_redis_command_seconds", Set.of()),
            Map.entry("weir_redis_errors_total", Set.of("fault")),
            Map.entry("weir_degraded", Set.of("reason")),
            Map.entry("weir_token_seconds_left", Set.of("account", "kind")),
            Map.entry("weir_token_fetches_total", Set.of("account", "kind", "result")),
            Map.entry("weir_token_fetch_budget_left", Set.of("account", "kind")),
            Map.entry("weir_api_calls_total", Set.of("account", "call", "errcode")),
            Map.entry("weir_api_call_seconds", Set.of("call")),
            Map.entry("weir_alarm_failures", Set.of("account", "kind")),
            Map.entry("weir_event_loop_lag_seconds", Set.of("loop")),
            Map.entry("weir_connections", Set.of("port")),
            Map.entry("weir_plugin_queue_depth", Set.of("type")),
            Map.entry("weir_backend_requests_total", Set.of("backend", "outcome")),
            Map.entry("weir_last_push_timestamp_seconds", Set.of("account")),
            Map.entry("weir_reload_timestamp_seconds", Set.of("file")),
            Map.entry("weir_reload_errors_total", Set.of("file")));

    private final ScrapedMetrics[] scraped = new ScrapedMetrics[2];

    @BeforeAll
    void scrape(@TempDir Path one, @TempDir Path many) throws IOException {
        scraped[0] = scrape(one, 1);
        scraped[1] = scrape(many, MANY);
    }

    @AfterAll
    void forget() {
        scraped[0] = scraped[1];
    }

    /** With a collection, since its pauses appear with the first one only. */
    private static ScrapedMetrics scrape(Path folder, int accounts) throws IOException {
        try (MeteredGateway gateway = MeteredGateway.start(folder, accounts, "")) {
            gateway.scrape();
            Await.until("a collection is told", () -> {
                System.gc();
                return gateway.scrape().names().contains("jvm_gc_pause_seconds_sum");
            });
            return gateway.scrape();
        }
    }

    @Test
    void haveWhatIsPromisedFromZeroOn() {
        PROMISED.forEach((name, labels) -> {
            Family family = one().family(name).orElseThrow(() -> new AssertionError(name + " is missing"));
            assertThat(family.labels()).as(name).isEqualTo(labels);
            assertThat(family.help()).as(name).isNotBlank();
        });
        assertThat(one().names())
                .contains(
                        "jvm_gc_pause_seconds_count",
                        "process_files_open_files",
                        "jvm_threads_live_threads",
                        "jvm_buffer_memory_used_bytes");
    }

    @Test
    void countNothingBeforeTheFirstPush() {
        assertThat(one().ofWeir().stream()
                        .filter(family -> family.type().equals("counter"))
                        .flatMap(family -> family.samples().stream()))
                .allSatisfy(
                        sample -> assertThat(sample.value()).as("%s", sample).isZero());
        assertThat(one().value("weir_redis_up")).isNaN();
        assertThat(one().value("weir_last_push_timestamp_seconds", "account", "a0"))
                .isZero();
        assertThat(one().value("weir_token_fetch_budget_left", "account", "a0")).isEqualTo(450_000);
    }

    @Test
    void haveABoundedNumberOfSeriesForAHundredAccounts() {
        long few =
                one().ofWeir().stream().mapToLong(each -> each.samples().size()).sum();
        long all = many().ofWeir().stream()
                .mapToLong(each -> each.samples().size())
                .sum();

        assertThat(all - few).isEqualTo((MANY - 1) * perAccount());
        assertThat(perAccount()).isLessThanOrEqualTo(MOST_PER_ACCOUNT);
        assertThat(many().series()).isLessThan(2_500);
        assertThat(duplicates(many())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void areInTheReference(String language) throws IOException {
        Map<String, String> helps = helps(language);
        long all =
                one().ofWeir().stream().mapToLong(each -> each.samples().size()).sum();
        String table = (language.equals("en")
                        ? GeneratedPage.header("name", "type", "labels", "what it tells")
                        : GeneratedPage.header("名称", "类型", "标签", "含义"))
                + one().ofWeir().stream()
                        .sorted(Comparator.comparing(Family::name))
                        .map(family -> GeneratedPage.row(
                                "`" + family.name() + "`",
                                family.type(),
                                family.labels().stream()
                                        .map(label -> "`" + label + "`")
                                        .collect(Collectors.joining(" ")),
                                helps.getOrDefault(family.name(), family.help())))
                        .collect(Collectors.joining());

        GeneratedPage.assertUpToDate(
                language,
                "reference/metrics.md",
                Map.of(
                        "fixed", Long.toString(all - perAccount() - Runtimes.LOOPS),
                        "perAccount", Long.toString(perAccount()),
                        "metrics", GeneratedPage.lines(table)));
    }

    @Test
    void areWhatAlertsAskFor() throws IOException {
        JsonNode file = JSON.valueToTree(new Yaml().load(Files.readString(ALERTS)));
        JsonNode rules = file.path("groups").path(0).path("rules");
        List<String> headings = headings("en");

        assertThat(rules).hasSizeGreaterThan(20).allSatisfy(rule -> {
            String name = rule.path("alert").asText();
            assertAllExist(name, rule.path("expr").asText());
            assertThat(rule.at("/labels/severity").asText()).as(name).isIn("critical", "warning");
            assertThat(rule.path("annotations").fieldNames())
                    .toIterable()
                    .as(name)
                    .containsOnly("summary", "description", "runbook");
            assertThat(rule.at("/annotations/runbook").asText()).as(name).isIn(headings);
        });
    }

    @Test
    void areAskedForInRulesThatPrometheusTakes() throws IOException, InterruptedException {
        Path tool = Path.of("/usr/bin/promtool");
        assumeThat(tool).as("promtool: install prometheus to check the rules").isExecutable();

        Process check = new ProcessBuilder(tool.toString(), "check", "rules", ALERTS.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(check.waitFor()).as(said).isZero();
    }

    @Test
    void areWhatTheDashboardShows() throws IOException {
        JsonNode dashboard = JSON.readTree(Path.of("conf/grafana/weir.json").toFile());
        List<String> rows = new ArrayList<>();
        Set<Integer> ids = new HashSet<>();
        for (JsonNode panel : dashboard.path("panels")) {
            assertThat(ids.add(panel.path("id").asInt())).as("%s", panel).isTrue();
            if (panel.path("type").asText().equals("row")) {
                rows.add(panel.path("title").asText());
                continue;
            }
            assertThat(panel.path("targets")).as("%s", panel).isNotEmpty();
            panel.path("targets")
                    .forEach(target -> assertAllExist(
                            panel.path("title").asText(), target.path("expr").asText()));
        }

        assertThat(dashboard.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(38);
        assertThat(rows)
                .containsExactly("Overview", "Once-only", "Durable work", "Redis", "Credentials and API", "Process");
    }

    @Test
    void theRunbookBeginsWithWhatUsersReadAndIsTheSameInBothLanguages() throws IOException {
        assertThat(headings("en").get(0)).isEqualTo("该公众号提供的服务出现故障");
        assertThat(headings("zh").get(0)).isEqualTo("该公众号提供的服务出现故障");
        assertThat(headings("zh")).hasSameSizeAs(headings("en"));
        assertThat(commands("zh")).isEqualTo(commands("en"));
    }

    private void assertAllExist(String where, String query) {
        assertThat(METRIC.matcher(query).results().map(MatchResult::group))
                .as(where)
                .isNotEmpty()
                .allMatch(many().names()::contains, "exists");
    }

    private ScrapedMetrics one() {
        return scraped[0];
    }

    private ScrapedMetrics many() {
        return scraped[1];
    }

    private long perAccount() {
        return one().ofWeir().stream()
                .flatMap(family -> family.samples().stream())
                .filter(sample -> "a0".equals(sample.labels().get("account")))
                .count();
    }

    private static List<Sample> duplicates(ScrapedMetrics metrics) {
        Map<String, Integer> seen = new HashMap<>();
        return metrics.families().stream()
                .flatMap(family -> family.samples().stream())
                .filter(sample -> seen.merge(sample.name() + sample.labels(), 1, Integer::sum) > 1)
                .toList();
    }

    /** Chinese ones stand in a file: there is one for each metric. */
    private Map<String, String> helps(String language) throws IOException {
        if (language.equals("en")) {
            return Map.of();
        }
        Map<String, String> helps =
                Files.readAllLines(Path.of("src/test/resources/io/weir/metrics/help-zh.txt")).stream()
                        .map(line -> line.split(" ", 2))
                        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        assertThat(helps.keySet())
                .isEqualTo(one().ofWeir().stream().map(Family::name).collect(Collectors.toSet()));
        return helps;
    }

    private static List<String> headings(String language) throws IOException {
        return runbook(language)
                .lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();
    }

    private static List<String> commands(String language) throws IOException {
        return runbook(language).lines().filter(line -> line.startsWith("$ ")).toList();
    }

    private static String runbook(String language) throws IOException {
        return Files.readString(Path.of("src/docs", language, "ops/runbook.md"));
    }
}
