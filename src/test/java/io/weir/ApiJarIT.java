package io.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import japicmp.cmp.JApiCmpArchive;
import japicmp.cmp.JarArchiveComparator;
import japicmp.cmp.JarArchiveComparatorOptions;
import japicmp.config.Options;
import japicmp.model.JApiClass;
import japicmp.output.stdout.StdoutOutputGenerator;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What handlers are compiled against: small, without libraries, and compatible with what it was. */
class ApiJarIT {
    private static final Path JAR = Path.of("target/weir-api.jar");
    private static final Path BASELINE = Path.of("src/poms/api-baseline.txt");
    private static final long MOST_BYTES = 200_000;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void isSmall() {
        assertThat(JAR).isNotEmptyFile();
        assertThat(JAR.toFile().length()).isLessThan(MOST_BYTES);
    }

    @Test
    void refersToVertxCoreAndNothingElse() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            JavaClasses api = new ClassFileImporter().importJar(jar);

            assertThat(api.stream()
                            .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                            .filter(dependency -> !isAllowed(dependency.getTargetClass(), api))
                            .map(Dependency::getDescription))
                    .isEmpty();
            assertThat(api).hasSizeGreaterThan(50);
        }
    }

    private static boolean isAllowed(JavaClass type, JavaClasses api) {
        JavaClass element = type.getBaseComponentType();
        return element.isPrimitive()
                || api.contain(element.getName())
                || Stream.of("java.", "io.vertx.core.", "org.jspecify.").anyMatch(element.getName()::startsWith);
    }

    @Test
    void isCompatibleWithTheBaseline() throws IOException {
        assumeTrue(Files.exists(Path.of(".git")), "there is no history to take the earlier API from");
        assumeTrue(git("rev-parse", "--is-shallow-repository").equals("false"), "the history is cut off");
        Path sources = folder.resolve("baseline.zip");
        Optional<String> baseline = baseline();
        assumeTrue(baseline.isPresent(), "the history has no commit with the subject that " + BASELINE + " names");
        git("archive", "-o", sources.toString(), baseline.get(), "pom.xml", "src/main/java");

        String report = incompatible(apiOf(sources), JAR);

        assertThat(report).isEmpty();
    }

    /** The newest commit with the subject in the file: a commit that is moved keeps its subject and gets another name. */
    private static Optional<String> baseline() throws IOException {
        String subject = Files.readAllLines(BASELINE).stream()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.joining());
        return git("log", "--format=%H %s")
                .lines()
                .filter(line -> line.endsWith(" " + subject))
                .filter(line -> line.indexOf(' ') + 1 + subject.length() == line.length())
                .findFirst()
                .map(line -> line.substring(0, line.indexOf(' ')));
    }

    /** Compiles what the pom.xml of that time says is the API. */
    private Path apiOf(Path sources) throws IOException {
        Path root = folder.resolve("sources");
        unpack(sources, root);
        String pom = Files.readString(root.resolve("pom.xml")).replaceFirst("(?s)^.*?<classifier>api</classifier>", "");
        List<String> included = patterns(pom, "include");
        List<String> excluded = patterns(pom, "exclude");
        Path java = root.resolve("src/main/java");
        List<String> options = new ArrayList<>(List.of(
                "-proc:none", "-nowarn", "-parameters", "-cp", libraries(), "-sourcepath", java.toString(), "-d"));
        options.add(folder.resolve("classes").toString());
        files(java)
                .filter(file -> matches(file.replaceFirst("java$", "class"), included))
                .forEach(file -> options.add(java.resolve(file).toString()));

        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new)))
                .isZero();
        Path jar = folder.resolve("weir-api.jar");
        Path classes = folder.resolve("classes");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String file : files(classes)
                    .filter(file -> matches(file, included) && !matches(file, excluded))
                    .toList()) {
                out.putNextEntry(new JarEntry(file));
                Files.copy(classes.resolve(file), out);
            }
        }
        return jar;
    }

    private static String libraries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith(".jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** What japicmp says where a handler that was built with {@code before} would not run or compile with {@code now}; else nothing. */
    private static String incompatible(Path before, Path now) {
        JarArchiveComparatorOptions how = new JarArchiveComparatorOptions();
        how.getIgnoreMissingClasses().setIgnoreAllMissingClasses(true);
        List<JApiClass> broken = new JarArchiveComparator(how)
                        .compare(
                                List.of(new JApiCmpArchive(before.toFile(), "baseline")),
                                List.of(new JApiCmpArchive(now.toFile(), "now")))
                        .stream()
                        .filter(each -> !each.isBinaryCompatible() || !each.isSourceCompatible())
                        .toList();
        Options shown = Options.newDefault();
        shown.setOutputOnlyModifications(true);
        shown.setIgnoreMissingClasses(true);
        return broken.isEmpty() ? "" : new StdoutOutputGenerator(shown, broken).generate();
    }

    private static List<String> patterns(String pom, String name) {
        String list = pom.substring(0, pom.indexOf("</" + name + "s>"));
        return Pattern.compile("<" + name + ">(.*?)</" + name + ">")
                .matcher(list)
                .results()
                .map(each -> each.group(1))
                .toList();
    }

    private static boolean matches(String file, List<String> globs) {
        return globs.stream()
                .anyMatch(glob ->
                        FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(file)));
    }

    private static Stream<String> files(Path root) {
        try (Stream<Path> all = Files.walk(root)) {
            return all
                    .filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void unpack(Path zip, Path to) throws IOException {
        try (JarFile archive = new JarFile(zip.toFile())) {
            for (JarEntry entry :
                    archive.stream().filter(each -> !each.isDirectory()).toList()) {
                Path file = to.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                try (OutputStream out = Files.newOutputStream(file)) {
                    archive.getInputStream(entry).transferTo(out);
                }
            }
        }
    }

    private static String git(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git", "--no-optional-locks"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return printed.strip();
    }
}
