package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.config.ConfigurationKeys;
import io.weir.reload.ConfigurationFile;
import io.weir.wechat.message.PushType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of all keys of {@code weir.yaml}: their types, bounds and defaults are what the code asks the file for. */
class ConfigurationReferenceTest {
    /** Between them they make the code ask for every key. NAME stands for any name. */
    private static final List<String> TEXTS = List.of("""
            push: { tls: { cert: LICENSE, key: LICENSE } , publicUrl: "https://wx.example.com" }
            admin: { token: t, tokens: { NAME: { secret: s, may: read } } }
            redis: { uri: "redis://127.0.0.1" }
            accounts: { NAME: { appId: a, appSecret: s, token: t0k, handlers: { CLICK: {}, CLICK.KEY: {}, CLASS.A: {} } } }
            handlers: { CLICK: { late: retry }, CLICK.KEY: {}, CLASS.A: {} }
            backends:
              NAME: { url: "https://a", secret: whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, tls: { ca: LICENSE } }
            """, """
            redis: { sentinels: ["10.0.0.3:26379"], master: weir }
            accounts: { NAME: { appId: a, appSecret: s, token: t0k } }
            backends: { NAME: { url: "https://a", format: wechat, token: t } }
            """);

    private static final Path DESCRIPTIONS = Path.of("src/test/resources/docs/configuration.txt");
    private static final String TYPES =
            PushType.all().stream().map(PushType::wireName).collect(Collectors.joining("|"));

    @Test
    void hasADescriptionForEachKeyAndNoOther() throws IOException {
        assertThat(lines().stream().filter(line -> !line.isSection()).map(Line::key))
                .as("%s", DESCRIPTIONS)
                .containsExactlyInAnyOrderElementsOf(keys().keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void isUpToDate(String language) throws IOException {
        boolean english = language.equals("en");
        Map<String, ConfigurationKeys.Key> keys = keys();
        StringBuilder page = new StringBuilder();
        for (Line line : lines()) {
            if (line.isSection()) {
                page.append('\n')
                        .append(line.key())
                        .append("\n\n")
                        .append(line.text(english))
                        .append("\n\n");
                page.append(
                        english
                                ? GeneratedPage.header("key", "value", "default", "what it is")
                                : GeneratedPage.header("键", "值", "默认值", "含义"));
            } else {
                page.append(row(line, keys.getOrDefault(line.key(), ConfigurationKeys.Key.NONE), english));
            }
        }

        GeneratedPage.assertUpToDate(
                language,
                "reference/configuration.md",
                Map.of("keys", GeneratedPage.lines(page.toString()), "live", live(keys.keySet(), english)));
    }

    private static String live(Set<String> keys, boolean english) {
        return keys.stream()
                .filter(ConfigurationFile::isLive)
                .map(key -> "`" + key + "`")
                .collect(Collectors.joining(english ? ", " : "、"));
    }

    private static String row(Line line, ConfigurationKeys.Key key, boolean english) {
        return GeneratedPage.row(
                "`" + line.key() + "`", key.type(english), fallback(line, key, english), line.text(english));
    }

    private static String fallback(Line line, ConfigurationKeys.Key key, boolean english) {
        String words = english ? line.cells.get(1) : line.cells.get(2);
        if (!words.isEmpty()) {
            return words;
        }
        if (key.isRequired()) {
            return english ? "required" : "必填";
        }
        return key.fallback().isEmpty() ? english ? "none" : "无" : "`" + key.fallback() + "`";
    }

    /** All keys by path. */
    static Map<String, ConfigurationKeys.Key> keys() {
        return ConfigurationKeys.askedBy(GatewayConfig::read, ConfigurationReferenceTest::general, TEXTS);
    }

    /** {@code handlers.CLICK.late} → {@code handlers.TYPE.late} */
    private static String general(String path) {
        return path.replaceFirst("handlers\\.\"?CLASS\\.A\"?", "handlers.CLASS")
                .replaceFirst("handlers\\.\"?CLICK\\.KEY\"?", "handlers.TYPE.KEY")
                .replaceFirst("handlers\\.(" + TYPES + ")(?=\\.|$)", "handlers.TYPE");
    }

    private static List<Line> lines() throws IOException {
        return Files.readAllLines(DESCRIPTIONS).stream()
                .filter(line -> !line.startsWith("# "))
                .map(line -> new Line(List.of(line.split("\\s*\\|\\s*"))))
                .toList();
    }

    /** Of a section: heading, text, 文字. Of a key: key, default, 默认值, text, 文字. */
    private record Line(List<String> cells) {
        String key() {
            return cells.get(0);
        }

        boolean isSection() {
            return key().startsWith("## ");
        }

        String text(boolean english) {
            return cells.get(cells.size() - (english ? 2 : 1));
        }
    }
}
