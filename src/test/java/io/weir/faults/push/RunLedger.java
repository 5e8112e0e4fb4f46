package io.weir.faults.push;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The second of the two ledgers: what the handlers of all instances have noted, a file for each. */
public final class RunLedger {
    private static final int WORDS = 7;

    private final Path folder;

    /** @param folder has a file {@code INSTANCE.runs} for each instance */
    public RunLedger(Path folder) {
        this.folder = folder;
    }

    /** Every line so far. */
    public List<RowRun> runs() {
        List<RowRun> runs = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".runs")).toList()) {
                Files.readAllLines(file, StandardCharsets.UTF_8).forEach(line -> runs.add(read(line)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return runs;
    }

    private static RowRun read(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != WORDS) {
            throw new IllegalStateException("not a line of a handler's ledger: " + line);
        }
        return new RowRun(
                words[0].equals("finished"),
                words[1],
                words[2],
                words[3],
                words[4],
                Boolean.parseBoolean(words[5]),
                Long.parseLong(words[6]));
    }
}
