package io.weir.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.Terminal;
import io.weir.command.ServeCommand.GatewayServer;
import io.weir.config.Environment;
import java.io.Writer;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0:8080: Address already in use, 0.0.0.0:8080 (push.port): Address already in use",
        "0.0.0.0:8080: no such host, 0.0.0.0:8080 (push.host): no such host",
        "0.0.0.0:80801: no such host, other"
    })
    void namesTheSettingOfThePortThatItCannotHave(String failure, String named) {
        assertThat(GatewayServer.withSetting(failure, "0.0.0.0:8080", "push", "other"))
                .isEqualTo(named);
    }

    private Optional<ServeCommand> plain(String arguments) {
        return ServeCommand.plain(terminal, files, arguments.split(" "));
    }
}
