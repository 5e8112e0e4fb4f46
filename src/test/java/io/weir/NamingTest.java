package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words of the field are used, and those that a newcomer would have to learn first do not come back. */
class NamingTest {
    private static final Path LISTS = Path.of("src/test/resources/naming");
    private static final List<Path> PLACES = Stream.of(
                    "src", "conf", "scripts", "README.md", "README.zh-CN.md", ".ci", "pom.xml")
            .map(Path::of)
            .toList();
    /** Protocol samples, inputs of fuzz tests and decisions of the past keep the words that they have. */
    private static final Pattern EXEMPT =
            Pattern.compile("src/adr/.*|src/test/resources/.*|.*/push-templates\\.yaml|.*\\.(png|svg|gz|jar)");

    private static final Pattern TYPE =
            Pattern.compile("^\\s*(?:(?:public|protected|private|static|final|abstract|sealed|non-sealed) )*"
                    + "(?:class|interface|enum|record|@interface) (\\w+)");

    @Test
    void noTypeHasANameThatIsGone() throws IOException {
        List<String> gone =
                list("types.txt").map(line -> line.replaceFirst(" .*", "")).toList();
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            if (file.toString().endsWith(".java")) {
                for (String line : lines(file)) {
                    Matcher type = TYPE.matcher(line);
                    if (type.find() && gone.contains(type.group(1))) {
                        found.add(file + ": " + line.strip());
                    }
                }
            }
        }

        assertThat(found).isEmpty();
    }

    @Test
    void noTextUsesAWordThatIsGone() throws IOException {
        List<Pattern> gone = list("words.txt")
                .map(line -> Pattern.compile(line.replaceFirst(" -> .*", ""), Pattern.CASE_INSENSITIVE))
                .toList();
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            for (String line : lines(file)) {
                gone.stream()
                        .filter(word -> word.matcher(line).find())
                        .forEach(word -> found.add(file + ": " + word + ": " + line.strip()));
            }
        }

        assertThat(found).isEmpty();
    }

    private static Stream<String> list(String name) throws IOException {
        return Files.readAllLines(LISTS.resolve(name)).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank());
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path place : PLACES) {
            try (Stream<Path> all = Files.walk(place)) {
                all.filter(Files::isRegularFile)
                        .filter(file -> !EXEMPT.matcher(file.toString().replace('\\', '/'))
                                .matches())
                        .forEach(files::add);
            }
        }
        return files;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (MalformedInputException binary) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
