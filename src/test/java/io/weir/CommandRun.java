package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.weir.cli.Terminal;
import io.weir.command.Commands;
import io.weir.config.Environment;
import java.io.StringWriter;
import java.util.Map;

/** A command that has run in this process, and told no secret. */
public record CommandRun(int exitCode, String out, String err) {
    public static CommandRun of(String... arguments) {
        return with(Secrets.ENVIRONMENT, arguments);
    }

    public static CommandRun with(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Commands.run(new Terminal(out, err, false), Environment.of(environment), arguments);
        assertThat(out.toString() + err).doesNotContain(Secrets.ALL);
        assertThat(err.toString()).doesNotContain("\tat ", "Exception");
        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    public JsonObject json() {
        return new JsonObject(out);
    }
}
