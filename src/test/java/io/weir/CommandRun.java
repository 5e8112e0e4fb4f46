package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.weir.cli.Terminal;
import io.weir.command.Commands;
import io.weir.config.Environment;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A command that has run in this process, and told no secret. */
public record CommandRun(int exitCode, String out, String err) {
    public static CommandRun of(String... arguments) {
        return with(Secrets.ENVIRONMENT, arguments);
    }

    public static CommandRun with(Map<String, String> environment, String... arguments) {
        return run(environment, "", arguments);
    }

    /** One that has {@code text} for its standard input. */
    public static CommandRun reading(String text, String... arguments) {
        return run(Secrets.ENVIRONMENT, text, arguments);
    }

    private static CommandRun run(Map<String, String> environment, String text, String... arguments) {
        InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Commands.run(new Terminal(out, err, false), Environment.of(environment), in, arguments);
        assertThat(out.toString() + err).doesNotContain(Secrets.ALL);
        assertThat(err.toString()).doesNotContain("\tat ", "Exception");
        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    public JsonObject json() {
        return new JsonObject(out);
    }
}
