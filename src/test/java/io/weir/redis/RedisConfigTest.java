package io.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.Environment;
import io.weir.config.Problem;
import io.weir.config.Problems;
import io.weir.config.Secret;
import io.weir.config.Section;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisConfigTest {
    private final Problems problems = new Problems();

    @Test
    void isAbsentWhereTheFileSaysNothing() {
        assertThat(read("push: { port: 1 }")).isEmpty();
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void takesAServerApart() {
        RedisConfig config =
                read("redis: { uri: 'rediss://weir:a%3Ab+c@redis.example:6380/2', ca: ca.pem, prefix: w_1.a- }")
                        .orElseThrow();

        assertThat(config.server()).contains(new RedisAddress("redis.example", 6380));
        assertThat(config.user()).contains("weir");
        assertThat(config.password()).contains(Secret.of("a:b+c"));
        assertThat(config.database()).isEqualTo(2);
        assertThat(config.tls()).isTrue();
        assertThat(config.ca()).contains("ca.pem");
        assertThat(config.prefix()).isEqualTo("w_1.a-");
        assertThat(config.toString()).doesNotContain("a:b+c").doesNotContain("a%3Ab");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    redis://a         | user: u, password: hush, database: 3 | u | hush | 3
                    redis://a         | user: u, password: hush              | u | hush | 0
                    redis://a         | password: hush                       |   | hush | 0
                    redis://a/4       | password: hush                       |   | hush | 4
                    redis://:hush@a   | database: 3                          |   | hush | 3
                    redis://:hush@a   | user: u                              | u | hush | 0
                    redis://u:hush@a  | database: 3                          | u | hush | 3
                    """)
    void takesBesideAUriWhatItLacks(String uri, String keys, String user, String password, int database) {
        RedisConfig config = read("redis: { uri: '" + uri + "', " + keys + " }").orElseThrow();

        assertThat(config.server()).contains(new RedisAddress("a", 6379));
        assertThat(config.user()).isEqualTo(Optional.ofNullable(user));
        assertThat(config.password()).contains(Secret.of(password));
        assertThat(config.database()).isEqualTo(database);
        assertThat(config.toString()).doesNotContain("hush");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    redis://u:hush@a | user: v           | redis.user: found "v"; expected the user once: uri has one
                    redis://:hush@a  | password: hush    | redis.password: found a secret value; expected the password once: uri has one
                    redis://a/3      | database: 4       | redis.database: found "4"; expected the database once: uri has one
                    redis://a | tls: true | redis.tls: found "true"; expected no tls beside uri: write rediss:// for TLS, redis:// for none
                    redis://a        | database: one     | redis.database: found "one"; expected a whole number from 0 to 1000000
                    """)
    void saysWhatIsTooMuchBesideAUri(String uri, String key, String problem) {
        assertThat(read("redis: { uri: '" + uri + "', " + key + " }")).isEmpty();

        assertThat(problems.errors()).extracting(Problem::text).containsExactly("weir.yaml:1: " + problem);
    }

    @Test
    void refusesAPasswordOfSentinelsBesideAUri() {
        assertThat(read("redis: { uri: 'redis://a', sentinelPassword: hush }")).isEmpty();

        assertThat(problems.errors())
                .extracting(Problem::text)
                .containsExactly("weir.yaml:1: redis.sentinelPassword: found a secret value; "
                        + "expected no sentinelPassword beside uri, which names one server");
    }

    @Test
    void theExampleOfTheSampleConfigurationNamesEveryKey() throws IOException {
        String example = Files.readString(Path.of("conf/weir.yaml"))
                .lines()
                .dropWhile(line -> !line.equals("# redis:"))
                .takeWhile(line -> !line.isEmpty())
                .map(line -> line.substring(2))
                .collect(Collectors.joining("\n"));

        RedisConfig config = read(example, Map.of("REDIS_PASSWORD", "hush")).orElseThrow();

        assertThat(config.user()).contains("weir");
        assertThat(config.password()).contains(Secret.of("hush"));
        assertThat(example)
                .contains(
                        "sentinels:", "master:", "sentinelPassword:", "nodes:", "database:", "tls:", "ca:", "prefix:");
    }

    @Test
    void takesTheDefaultsOfAServer() {
        RedisConfig config = read("redis: { uri: 'redis://[::1]' }").orElseThrow();

        assertThat(config.server()).contains(new RedisAddress("::1", 6379));
        assertThat(config.user()).isEmpty();
        assertThat(config.password()).isEmpty();
        assertThat(config.database()).isZero();
        assertThat(config.tls()).isFalse();
        assertThat(config.prefix()).isEqualTo("weir:");
    }

    @Test
    void takesAPasswordWithoutAUser() {
        RedisConfig config = RedisConfig.server(URI.create("redis://:hush@localhost"));

        assertThat(config.user()).isEmpty();
        assertThat(config.password()).contains(Secret.of("hush"));
    }

    @Test
    void takesEveryKeyOfTheSentinels() {
        RedisConfig config = read("redis: { sentinels: [a:1, '[::1]:2'], master: weir, user: u, password: p,"
                        + " sentinelPassword: s, database: 3, tls: true, ca: ca.pem, prefix: 'shop:' }")
                .orElseThrow();

        assertThat(config)
                .isEqualTo(new RedisConfig(
                        Optional.empty(),
                        List.of(new RedisAddress("a", 1), new RedisAddress("::1", 2)),
                        List.of(),
                        Optional.of("weir"),
                        Optional.of("u"),
                        Optional.of(Secret.of("p")),
                        Optional.of(Secret.of("s")),
                        3,
                        true,
                        Optional.of("ca.pem"),
                        "shop:"));
    }

    @Test
    void takesTheNodesOfACluster() {
        RedisConfig config =
                read("redis: { nodes: [a:1, b:2], user: u, password: p, tls: true, ca: ca.pem, prefix: 'w:' }")
                        .orElseThrow();

        assertThat(config.isCluster()).isTrue();
        assertThat(config.nodes()).containsExactly(new RedisAddress("a", 1), new RedisAddress("b", 2));
        assertThat(config.user()).contains("u");
        assertThat(config.password()).contains(Secret.of("p"));
        assertThat(config.tls()).isTrue();
        assertThat(config.ca()).contains("ca.pem");
        assertThat(config.prefix()).isEqualTo("w:");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                  | either uri, or sentinels with master
                    { sentinels: [a:1] }                                | sentinels and master together
                    { master: weir }                                    | either uri, or sentinels
                    { uri: 'http://a' }                                 | begins with redis:// or rediss://
                    { uri: 'redis://a/b' }                              | only the number of a database
                    { uri: 'redis://a?password=hush' }                  | only the number of a database
                    { uri: 'redis://hush@a' }                           | user:password@ or :password@
                    { uri: 'redis://a:70000' }                          | port from 1 to 65535
                    { uri: 'redis://a', sentinels: [a:1] }              | beside uri
                    { uri: 'redis://:hush@a', password: hush }          | uri has one
                    { sentinels: [hush], master: weir }                 | host:port of each sentinel
                    { sentinels: [a:0], master: weir }                  | host:port of each sentinel
                    { sentinels: [a:1], master: weir, user: u }         | a password with the user
                    { sentinels: [a:1], master: weir, databse: 1 }      | database
                    { uri: 'redis://a', user: u }                       | a password with the user
                    { nodes: [hush] }                                   | host:port of each node
                    { nodes: [a:1], master: weir }                      | sentinels and master together
                    { nodes: [a:1], sentinels: [a:1], master: weir }    | either uri, or sentinels
                    { nodes: [a:1], database: 1 }                       | no database
                    { uri: 'redis://a', nodes: [a:1] }                  | beside uri
                    { uri: 'redis://a', prefix: '{weir}' }              | a prefix of 1 to 32 letters
                    { uri: 'redis://a', prefix: 'weir:*' }              | a prefix of 1 to 32 letters
                    { uri: 'redis://a', prefix: '' }                    | prefix
                    { sentinels: [a:1], master: weir, prefix: 'a b' }   | a prefix of 1 to 32 letters
                    { uri: 'redis://a', prefix: abcdefghijklmnopqrstuvwxyz0123456 } | a prefix of 1 to 32 letters
                    """)
    void refuses(String section, String rule) {
        assertThat(read("redis: " + section)).isEmpty();

        assertThat(problems.errors())
                .extracting(Problem::text)
                .anySatisfy(text -> assertThat(text).contains(rule));
        assertThat(problems.errors()).extracting(Problem::text).noneMatch(text -> text.contains("password: hush"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis:user:hush@10.0.0.5",
                "redis:/user:hush@10.0.0.5",
                "rediss:hush",
                "redis//user:hush@10.0.0.5",
                "user:hush@10.0.0.5:6379",
                "hush",
                "redis://:hu#sh@10.0.0.5",
                "redis://:hu/sh@10.0.0.5",
                "redis://:hu%sh@10.0.0.5",
                "redis://10.0.0.5/hush",
                "redis://10.0.0.5/#hush",
                "redis://hush@10.0.0.5",
                "redis://:hush@10.0.0.5:70000",
                "http://:hush@10.0.0.5"
            })
    void showsNothingOfAUriThatItRefuses(String uri) {
        assertThat(read("redis: { uri: '" + uri + "' }")).isEmpty();
        assertThat(read("redis: { uri: '${REDIS_URL}' }", Map.of("REDIS_URL", uri)))
                .isEmpty();

        assertThat(problems.errors())
                .extracting(Problem::text)
                .hasSizeGreaterThan(1)
                .noneMatch(text -> text.contains("hu") || text.contains("sh@"));
    }

    @Test
    void saysWhatAUriLacks() {
        read("redis: { uri: 'redis:weir:hush@10.0.0.5' }");
        read("redis: { uri: 'redis://:hu#sh@10.0.0.5' }");

        assertThat(problems.errors())
                .extracting(Problem::text)
                .containsExactly(
                        "weir.yaml:1: redis.uri: found a secret value; expected a URI with a host that begins with"
                                + " redis:// or rediss://; write \"//\" behind \"redis:\"",
                        "weir.yaml:1: redis.uri: found a secret value; expected a URI with a host that begins with"
                                + " redis:// or rediss://; in user and password write % / ? # @ as %25 %2F %3F %23 %40");
    }

    @Test
    void refusesAHalfConfigurationOfProgramsToo() {
        assertThatThrownBy(() -> RedisConfig.sentinels("weir", List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RedisConfig.server(URI.create("redis://hush@a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hush");
    }

    @Test
    void noClassButThisNamesAKeyWithTheDefaultPrefix() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            assertThat(sources.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.endsWith("RedisConfig.java"))
                            .filter(RedisConfigTest::namesAKey))
                    .isEmpty();
        }
    }

    private static boolean namesAKey(Path source) {
        try {
            return Pattern.compile("\"weir:[^ ]")
                    .matcher(Files.readString(source))
                    .find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<RedisConfig> read(String text) {
        return read(text, Map.of());
    }

    private Optional<RedisConfig> read(String text, Map<String, String> variables) {
        return RedisConfig.read(Section.parse("weir.yaml", text, Environment.of(variables), problems));
    }
}
