package io.weir.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.cli.CommandException;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.client.Json;
import io.weir.command.Commands.Group;
import io.weir.health.Build;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir new}: projects that build and pass their test, to begin with. */
@Command(
        name = "new",
        header = "Write a project for a handler or a backend, with a test that passes.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir new handler order                   # a jar for handlers/, in Java",
            "  weir new backend shop                    # a script that answers over HTTP, in Python",
            "  weir new backend shop --language node"
        },
        synopsisSubcommandLabel = "COMMAND")
final class NewCommand extends Group {
    private NewCommand() {}

    /** The group with its commands. */
    static CommandLine line(Terminal terminal) {
        return new CommandLine(new NewCommand())
                .addSubcommand(Commands.without(new NewHandler(terminal), Commands.CONF, Commands.ACCOUNT))
                .addSubcommand(Commands.without(new NewBackend(terminal), Commands.CONF, Commands.ACCOUNT));
    }

    /** Writes the files of a template, which are resources; words between two {@code @} in them are replaced. */
    private abstract static class NewProject extends BaseCommand {
        /** The handler's class must not be called as the interface that it implements. */
        private static final Pattern NAME = Pattern.compile("(?!blocking(-handler)?$)[a-z][a-z0-9]*(-[a-z0-9]+)*");

        private static final int LONGEST = 40;
        /** The build leaves out resources that are called so. */
        static final String IGNORED = ".gitignore";

        @Parameters(
                paramLabel = "NAME",
                description = "The folder to make. Its last part names the project: small letters, digits and -.")
        @SuppressWarnings("NullAway.Init") // set by picocli
        private Path folder;

        NewProject(Terminal terminal) {
            super(terminal);
        }

        /** The resources by the file that each becomes. */
        abstract Map<String, String> files();

        /** What is replaced besides the name. */
        abstract Map<String, String> words();

        abstract List<String> nextSteps();

        @Override
        public Integer call() throws IOException {
            Map<String, String> words = new TreeMap<>(words());
            words.putAll(named(folder.toAbsolutePath().normalize().getFileName()));
            refuseOther();
            ObjectNode json = Json.object().put("folder", folder.toString());
            ArrayNode written = json.putArray("files");
            for (Map.Entry<String, String> file : new TreeMap<>(files()).entrySet()) {
                Path target = folder.resolve(replaced(file.getKey(), words));
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.writeString(target, replaced(template(file.getValue()), words));
                if (file.getKey().equals(NewHandler.MAVEN) && !target.toFile().setExecutable(true, false)) {
                    terminal.talk(target + " could not be made executable");
                }
                written.add(target.toString());
            }
            print(json, () -> {
                terminal.result("Wrote " + written.size() + " files to " + folder + ". Try next:");
                terminal.result("");
                terminal.result("  cd " + folder);
                nextSteps().forEach(step -> terminal.result("  " + replaced(step, words)));
            });
            return ExitCode.DONE;
        }

        private static Map<String, String> named(Path path) {
            String name = Objects.toString(path, "");
            if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "NAME: expected a small letter, then at most " + (LONGEST - 1)
                                + " small letters, digits and single -, found " + Terminal.harmless(name));
            }
            String word = name.replaceFirst("(?<=.)-(handler|backend)$", "");
            String type = Stream.of(word.split("-", -1))
                    .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
                    .collect(Collectors.joining());
            return Map.of(
                    "@name@",
                    name,
                    "@Name@",
                    type,
                    "@NAME@",
                    word.replace('-', '_').toUpperCase(Locale.ROOT),
                    "@version@",
                    Build.version());
        }

        private void refuseOther() throws IOException {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> entries = Files.list(folder)) {
                    if (entries.findAny().isEmpty()) {
                        return;
                    }
                }
            }
            if (Files.exists(folder)) {
                throw new CommandException(
                        ExitCode.USAGE, folder + " exists and is not an empty folder: nothing was written");
            }
        }

        private static String replaced(String text, Map<String, String> words) {
            String result = text;
            for (Map.Entry<String, String> word : words.entrySet()) {
                result = result.replace(word.getKey(), word.getValue());
            }
            return result;
        }

        private static String template(String resource) throws IOException {
            try (InputStream in = NewCommand.class.getResourceAsStream("new/" + resource)) {
                return new String(
                        Objects.requireNonNull(in, () -> "a template is missing in the jar: " + resource)
                                .readAllBytes(),
                        StandardCharsets.UTF_8);
            }
        }
    }

    @Command(
            name = "handler",
            header = "Write a Maven project for a handler in Java: one class, its test, a menu, replies.",
            footerHeading = "%nExamples:%n",
            footer = {"  weir new handler order", "  weir new handler order && cd order && ./mvnw package"})
    private static final class NewHandler extends NewProject {
        private static final String MAVEN = "mvnw";

        private static final List<String> FILES = List.of(
                "README.md",
                ".mvn/wrapper/maven-wrapper.properties",
                MAVEN,
                "mvnw.cmd",
                "pom.xml",
                "conf/menu.yaml",
                "conf/replies.yaml",
                "src/main/java/com/example/@Name@Handler.java",
                "src/main/resources/META-INF/services/io.weir.plugin.Handler",
                "src/test/java/com/example/@Name@HandlerTest.java");

        NewHandler(Terminal terminal) {
            super(terminal);
        }

        @Override
        Map<String, String> files() {
            Map<String, String> files = new TreeMap<>();
            FILES.forEach(file -> files.put(file, "handler/" + file));
            files.put(IGNORED, "handler/gitignore");
            return files;
        }

        @Override
        Map<String, String> words() {
            return Map.of();
        }

        @Override
        List<String> nextSteps() {
            return List.of("./mvnw package", "weir dev --watch target/@name@.jar");
        }
    }

    @Command(
            name = "backend",
            header =
                    "Write a backend that answers pushes over HTTP: one script without libraries, its test, a menu, replies.",
            footerHeading = "%nExamples:%n",
            footer = {"  weir new backend shop", "  weir new backend shop --language node"})
    private static final class NewBackend extends NewProject {
        @Option(names = "--language", description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
        private Language language = Language.python;

        NewBackend(Terminal terminal) {
            super(terminal);
        }

        @Override
        Map<String, String> files() {
            Map<String, String> files = new TreeMap<>();
            for (String file : List.of("README.md", "conf/menu.yaml", "conf/replies.yaml", "conf/weir.yaml")) {
                files.put(file, "backend/" + file);
            }
            for (String file : List.of(language.script, language.test)) {
                files.put(file, "backend/" + language + "/" + file);
            }
            files.put(IGNORED, "backend/" + language + "/gitignore");
            return files;
        }

        @Override
        Map<String, String> words() {
            return Map.of(
                    "@runtime@", language.runtime,
                    "@script@", language.script,
                    "@run@", language.command + " " + language.script,
                    "@test@", language.runTest);
        }

        @Override
        List<String> nextSteps() {
            return List.of("@test@", "less README.md");
        }

        /** Those that there is a template for. */
        private enum Language {
            python("Python 3.9", "python3", "backend.py", "test_backend.py", "python3 -m unittest"),
            node("Node.js 18", "node", "backend.js", "backend.test.js", "node --test");

            private final String runtime;
            private final String command;
            private final String script;
            private final String test;
            private final String runTest;

            Language(String runtime, String command, String script, String test, String runTest) {
                this.runtime = runtime;
                this.command = command;
                this.script = script;
                this.test = test;
                this.runTest = runTest;
            }
        }
    }
}
