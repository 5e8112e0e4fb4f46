package io.weir.command;

import io.weir.cli.CommandException;
import io.weir.cli.ExitCode;
import io.weir.config.ConfigException;
import io.weir.config.Environment;
import io.weir.config.EnvironmentFile;
import io.weir.config.FileText;
import io.weir.config.Problems;
import io.weir.file.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a command is given to read: the files that are named to it, of which {@code -} is standard input, and variables: those of the
 * file of {@code --env-file}, else those of the process. For the thread that runs the command.
 */
final class CommandInput implements Environment {
    private static final Path STANDARD = Path.of("-");

    private final Environment process;
    private final InputStream in;
    private final Map<String, byte[]> given = new HashMap<>();
    private Optional<Path> variablesFile = Optional.empty();
    private @Nullable Map<String, String> variables;

    CommandInput(Environment process, InputStream in) {
        this.process = process;
        this.in = in;
    }

    /** Whether a name stands for standard input or, of a file that is written, standard output. */
    static boolean isStandard(Path path) {
        return path.equals(STANDARD);
    }

    /** How messages name a file. */
    static String name(Path path) {
        return isStandard(path) ? "standard input" : path.toString();
    }

    /**
     * Reads a file. Standard input is read once, and kept for whoever reads it for the same purpose again.
     *
     * @param purpose the option or parameter that names the file
     * @throws IOException whose message says what is wrong with the file, without its name
     * @throws CommandException where standard input has been read for another purpose
     */
    byte[] read(Path path, String purpose) throws IOException {
        if (!isStandard(path)) {
            return TextFile.read(path);
        }
        byte[] read = given.get(purpose);
        if (read == null) {
            if (!given.isEmpty()) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "standard input can be read once: name a file for " + purpose + " or for "
                                + String.join(", ", given.keySet()));
            }
            read = in.readNBytes(FileText.MAX_BYTES + 1);
            if (read.length > FileText.MAX_BYTES) {
                throw new IOException("it has more than 16 MiB");
            }
            given.put(purpose, read);
        }
        return read;
    }

    /** Has the variables of a file win over those of the process; it is read when the first one is asked for. */
    void variablesOf(Path file) {
        variablesFile = Optional.of(file);
    }

    /**
     * Of the file, else of the process.
     *
     * @throws CommandException where the file cannot be read
     * @throws ConfigException where it holds something else
     */
    @Override
    public Optional<String> variable(String name) {
        Map<String, String> read = variables;
        if (read == null) {
            read = variablesFile.map(this::read).orElse(Map.of());
            variables = read;
        }
        return Optional.ofNullable(read.get(name)).or(() -> process.variable(name));
    }

    @Override
    public String file(String path) throws IOException {
        return process.file(path);
    }

    private Map<String, String> read(Path file) {
        Problems problems = new Problems();
        try {
            String text = FileText.decode(name(file), read(file, "--env-file"), problems)
                    .orElse("");
            problems.throwIfErrors();
            return EnvironmentFile.parse(name(file), text);
        } catch (NoSuchFileException e) {
            throw new CommandException(ExitCode.CONFIGURATION, "--env-file: there is no file " + file);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.CONFIGURATION, "--env-file: " + name(file) + " cannot be read: " + e.getMessage());
        }
    }
}
