package io.weir.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.Terminal;
import io.weir.config.Environment;
import java.io.Writer;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServeCommandTest {
    private final Terminal terminal = new Terminal(Writer.nullWriter(), Writer.nullWriter(), false);
    private final ConfigFiles files = new ConfigFiles(Environment.of(Map.of()), Clock.systemUTC());

    @Test
    void startsWithoutAParserOfCommandLinesAsServicesStartIt() {
        assertThat(plain("serve")).isPresent();
        assertThat(plain("serve --conf weir.yaml")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "serve --help", "serve --conf", "serve --conf=weir.yaml", "serve --conf --help"})
    void leavesAllElseToTheParser(String arguments) {
        assertThat(plain(arguments)).isEmpty();
    }

    private Optional<ServeCommand> plain(String arguments) {
        return ServeCommand.plain(terminal, files, arguments.split(" "));
    }
}
