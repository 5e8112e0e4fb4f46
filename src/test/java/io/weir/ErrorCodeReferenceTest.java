package io.weir;

import static io.weir.GeneratedPage.header;
import static io.weir.GeneratedPage.lines;
import static io.weir.GeneratedPage.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.GeneratedPage.Translations;
import io.weir.client.WeChatFault;
import io.weir.dispatch.durable.SpoolState;
import io.weir.redis.RedisFault;
import io.weir.wechat.api.ErrorCode.ErrorPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of WeChat's error codes and of the codes in {@code /health} is made from the tables that Weir itself speaks by. */
class ErrorCodeReferenceTest {
    private static final Path TABLE = Path.of("src/main/resources/io/weir/wechat/api/error-codes.txt");
    private static final Path HEALTH = Path.of("src/main/java/io/weir/health");
    private static final Pattern CODE = Pattern.compile("\"([A-Z]+_[A-Z_]*[A-Z])\"");

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void isUpToDate(String language) throws IOException {
        boolean english = language.equals("en");
        Translations words = Translations.read("error-codes.txt", english);
        String codes = (english
                        ? header("errcode", "meaning", "what helps", "what Weir does")
                        : header("errcode", "含义", "处理办法", "Weir 的做法"))
                + Arrays.stream(Files.readString(TABLE).split("\n\n+", -1))
                        .filter(block -> !block.startsWith("#"))
                        .map(block -> code(block.strip().lines().toList(), english, words))
                        .collect(Collectors.joining());
        Arrays.stream(ErrorPolicy.values()).forEach(policy -> words.of(action(policy)));
        words.assertComplete();
        String rows =
                (english ? header("code", "cause", "what helps") : header("code", "原因", "处理办法")) + health(english);

        GeneratedPage.assertUpToDate(
                language, "reference/error-codes.md", Map.of("wechat", lines(codes), "health", lines(rows)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void hasEachCodeOfHealth(String language) throws IOException {
        String page = Files.readString(Path.of("src/docs", language, "reference/error-codes.md"));
        try (Stream<Path> files = Files.walk(HEALTH)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(CODE.matcher(Files.readString(file)).results().map(found -> "`" + found.group(1) + "`"))
                        .as("codes in %s", file)
                        .allMatch(page::contains, "are in the page");
            }
        }
    }

    private static String code(List<String> lines, boolean english, Translations words) {
        String[] head = lines.get(0).split(" ", -1);
        String ofToken = head.length == 2 ? "" : english ? " (fetching a token)" : "（获取 token 时）";
        return row(
                head[0] + ofToken,
                lines.get(english ? 1 : 3),
                lines.get(english ? 2 : 4),
                words.of(action(ErrorPolicy.valueOf(head[1]))));
    }

    private static String action(ErrorPolicy policy) {
        return switch (policy) {
            case RENEW_TOKEN -> "renews the token for all instances and repeats the call once";
            case BACK_OFF -> "repeats with growing pauses, three times at most, what may be repeated";
            case WAIT_A_MINUTE -> "makes none of these calls for a minute";
            case WAIT_UNTIL_TOMORROW -> "makes none of these calls until midnight in China";
            case STOP -> "makes no calls of the account for 5 minutes or more, and `/health` is `degraded`";
            case STOP_FUNCTION -> "makes none of these calls for 5 minutes or more, and `/health` is `degraded`";
            case GIVE_UP -> "fails this one call";
            case WRONG_REQUEST -> "fails this one call: the request is wrong";
        };
    }

    private static String health(boolean english) {
        StringBuilder rows = new StringBuilder();
        for (WeChatFault fault : WeChatFault.values()) {
            rows.append(row(
                    "`WECHAT_" + (fault == WeChatFault.BUSY ? "-1" : fault.name()) + "`",
                    english ? fault.meaning() : fault.chineseMeaning(),
                    english ? fault.remedy() : fault.chineseRemedy()));
        }
        for (SpoolState.Fault fault : SpoolState.Fault.values()) {
            rows.append(row(
                    "`SPOOL_" + fault.name() + "`",
                    english ? fault.meaning() : fault.chineseMeaning(),
                    english ? fault.remedy() : fault.chineseRemedy()));
        }
        for (RedisFault fault : RedisFault.values()) {
            String cause = english ? "Redis is unavailable, or its commands fail" : "Redis 不可用，或命令失败";
            rows.append(row("`REDIS_" + fault.name() + "`", cause, english ? fault.hint() : fault.chineseHint()));
        }
        return rows.toString();
    }
}
