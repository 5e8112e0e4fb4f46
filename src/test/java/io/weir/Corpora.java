package io.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Public corpora that do not belong to this project: they lie beside it, in {@code ../shared/corpora}, or where the
 * system property {@code weir.corpora} says. A test that needs one is skipped where it is missing.
 */
public final class Corpora {
    private static final Path FOLDER = Path.of(System.getProperty("weir.corpora", "../shared/corpora"));

    private Corpora() {}

    /** The file of that name; skips the calling test where it is missing. */
    public static Path file(String name) {
        Path file = FOLDER.resolve(name).toAbsolutePath().normalize();
        assumeTrue(
                Files.isRegularFile(file),
                () -> "skipped: there is no " + file + "; -Dweir.corpora=FOLDER names another folder");
        return file;
    }

    /** The JSON of the file of that name; skips the calling test where it is missing. */
    public static JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(file(name).toFile());
    }

    /** The Big List of Naughty Strings; skips the calling test where it is missing. */
    public static List<String> naughtyStrings() throws IOException {
        List<String> strings = new ArrayList<>();
        json("blns.json").forEach(string -> strings.add(string.asText()));
        assertThat(strings).hasSize(515);
        return strings;
    }
}
