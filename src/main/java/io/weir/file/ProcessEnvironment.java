package io.weir.file;

import io.weir.config.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The variables of a process, and the files that hold a value each, as Docker, Kubernetes and systemd hand out secrets. Blocks
 * while it reads one.
 */
public record ProcessEnvironment(Map<String, String> variables) implements Environment {
    private static final int MAX_BYTES = 64 * 1024;

    public ProcessEnvironment {
        variables = Map.copyOf(variables);
    }

    @Override
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    /** A pipe or a device would not end: only regular files are read, and symbolic links to them. */
    @Override
    public String file(String path) throws IOException {
        try {
            return decoded(read(Path.of(path)));
        } catch (NoSuchFileException e) {
            throw new IOException("there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new IOException("permission denied", e);
        } catch (InvalidPathException e) {
            throw new IOException("it is not a path", e);
        }
    }

    private static byte[] read(Path path) throws IOException {
        if (!Files.isRegularFile(path) && Files.exists(path)) {
            throw new IOException("it is not a regular file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("it has more than " + MAX_BYTES / 1024 + " KiB");
            }
            return bytes;
        }
    }

    private static String decoded(byte[] bytes) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .replaceFirst("\\r?\\n\\z", "");
        } catch (CharacterCodingException e) {
            throw new IOException("it is not UTF-8", e);
        }
    }
}
