package io.weir.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.FileText;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    private Path file(long size) throws IOException {
        Path path = folder.resolve("file");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(size);
        }
        return path;
    }

    @Test
    void readsSixteenMebibytes() throws IOException {
        assertThat(TextFile.read(file(16_777_216))).hasSize(16_777_216);
    }

    @Test
    void refusesALargerFileWithItsSizeAndTheLimit() throws IOException {
        Path large = file(16_777_217);
        String message = "it has 16777217 bytes; Weir reads at most 16 MiB (16777216 bytes)";

        assertThatThrownBy(() -> TextFile.read(large))
                .isInstanceOf(IOException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> TextFile.digest(large))
                .isInstanceOf(IOException.class)
                .hasMessage(message);
    }

    @Test
    void refusesAFolder() {
        assertThatThrownBy(() -> TextFile.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessage("it is a folder");
    }

    @Test
    void tellsTextsApartByTheirDigest() throws IOException {
        Path path = Files.write(folder.resolve("text"), new byte[40_000]);

        assertThat(TextFile.digest(path)).isEqualTo(FileText.digest(new byte[40_000]));
        assertThat(TextFile.digest(path)).isNotEqualTo(FileText.digest(new byte[40_001]));
        assertThat(FileText.digest(new byte[] {1, 2})).isNotEqualTo(FileText.digest(new byte[] {2, 1}));
    }
}
