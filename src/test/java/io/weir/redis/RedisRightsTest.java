package io.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The shipped list of rights has what the code asks of Redis, and nothing else. */
class RedisRightsTest {
    private static final Pattern IN_SCRIPTS = Pattern.compile("redis\\.call\\('([A-Z]+)'");

    private final String code = code();
    private final List<String> rights = rights();

    @Test
    void hasEveryCommandOfAScript() {
        assertThat(IN_SCRIPTS.matcher(code).results().map(match -> match.group(1)))
                .isNotEmpty()
                .allMatch(rights::contains);
    }

    @Test
    void hasNoCommandThatNobodyGives() {
        assertThat(rights)
                .isNotEmpty()
                .allMatch(command -> Pattern.compile("[\"']" + command + "[\"']|Command\\." + command + "\\b")
                        .matcher(code)
                        .find());
    }

    @Test
    void isBoundToThePrefix() throws IOException {
        assertThat(Files.readAllLines(Path.of("conf/redis/weir.acl")))
                .contains("resetkeys ~weir:*", "resetchannels &weir:*", "-@all");
    }

    /** Without subcommands. */
    private static List<String> rights() {
        return Pattern.compile("(?m)^(?!#).*$")
                .matcher(read(Path.of("conf/redis/weir.acl")))
                .results()
                .map(MatchResult::group)
                .flatMap(line -> Stream.of(line.split(" ", -1)))
                .filter(word -> word.startsWith("+"))
                .map(word -> word.substring(1).replaceFirst("\\|.*", "").toUpperCase(Locale.ROOT))
                .toList();
    }

    private static String code() {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/io/weir"))) {
            return sources.filter(file -> file.toString().endsWith(".java"))
                    .map(RedisRightsTest::read)
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
