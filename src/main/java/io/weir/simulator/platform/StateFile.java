package io.weir.simulator.platform;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.file.AtomicFile;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Keeps a platform's state across restarts. Waits for the disk: never on an event loop; any thread otherwise.
 *
 * <p>JSON, with the tokens in it: only the owner may read it. It is replaced as a whole, so that a crash leaves the previous
 * one. Accounts of the file that are not registered at the moment are kept. One process at a time: another one is
 * refused. Registrations are not in it, they come from the configuration.
 */
public final class StateFile implements AutoCloseable {
    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;
    private final Platform platform;
    private final ObjectNode others = JsonNodeFactory.instance.objectNode();
    private byte[] written = {};
    private long actions = -1;

    private final SoleUse use;

    private StateFile(Path file, Platform platform, SoleUse use) {
        this.file = file;
        this.platform = platform;
        this.use = use;
    }

    /**
     * Brings a platform to the state that the file has; leaves it as it is when there is no file yet.
     *
     * @throws StateFileException when the file is not one of these, which then stays untouched, or another simulator uses it
     */
    public static StateFile open(Path file, Platform platform) {
        SoleUse use = SoleUse.of(file);
        StateFile opened = new StateFile(file, platform, use);
        try {
            if (Files.exists(file)) {
                opened.read();
            }
            return opened;
        } catch (StateFileException e) {
            use.close();
            throw e;
        }
    }

    /**
     * Writes the file when something has changed; whoever drives it calls this every second at most.
     *
     * @throws StateFileException when it cannot be written; the next call tries again
     */
    public synchronized void saveIfChanged() {
        long seen = platform.actions();
        if (seen == actions) {
            return;
        }
        byte[] state = state();
        if (!Arrays.equals(state, written)) {
            write(state);
            written = state;
        }
        actions = seen;
    }

    /** Writes what has changed since the last time, and lets others use the file. */
    @Override
    public void close() {
        try (use) {
            saveIfChanged();
        }
    }

    private void read() {
        try {
            JsonNode saved = JSON.readTree(Files.readAllBytes(file));
            if (saved.path("version").asInt() != VERSION
                    || !saved.path("accounts").isObject()) {
                throw damaged("is not one that this version of the simulator writes");
            }
            platform.load(saved.path("accounts"));
            saved.path("accounts").properties().stream()
                    .filter(entry -> platform.byAppId(entry.getKey()).isEmpty())
                    .forEach(entry -> others.set(entry.getKey(), entry.getValue()));
        } catch (JsonProcessingException e) {
            throw damaged("is not JSON: " + at(e));
        } catch (IOException e) {
            throw new StateFileException(file, "cannot be read: " + e, "Make it readable, or give another file.");
        } catch (StateFileException e) {
            throw e;
        } catch (RuntimeException e) {
            throw damaged(
                    "has a state that cannot be understood (" + e.getClass().getSimpleName() + ")");
        }
    }

    private StateFileException damaged(String found) {
        return new StateFileException(
                file, found, "It was left untouched: mend it, or move it away to begin with an empty state.");
    }

    /** Jackson's own text quotes the source, which has tokens in it. */
    private static String at(JsonProcessingException e) {
        JsonLocation place = e.getLocation();
        return place == null
                ? "the fault has no place"
                : "the fault is at line " + place.getLineNr() + ", column " + place.getColumnNr();
    }

    private byte[] state() {
        ObjectNode state = JsonNodeFactory.instance.objectNode().put("version", VERSION);
        state.set("accounts", platform.save().setAll(others));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON that cannot be written", e);
        }
    }

    private void write(byte[] state) {
        try {
            AtomicFile.write(file, state);
        } catch (IOException e) {
            throw new StateFileException(
                    file, "cannot be written: " + e, "Make its folder writable, or give another file.");
        }
    }

    /**
     * Makes sure that one process at a time uses a file: a lock on a file beside it, since the file itself is replaced at each
     * change. The system gives it back when the process ends, however that ends.
     */
    static final class SoleUse implements AutoCloseable {
        private final Path beside;
        private final FileChannel channel;

        private SoleUse(Path beside, FileChannel channel) {
            this.beside = beside;
            this.channel = channel;
        }

        /** @throws StateFileException when somebody uses it already, or nothing can be written beside it */
        static SoleUse of(Path file) {
            Path beside = file.resolveSibling(file.getFileName() + ".lock");
            try {
                FileChannel channel = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                if (locked(channel)) {
                    return new SoleUse(beside, channel);
                }
                channel.close();
            } catch (IOException e) {
                throw new StateFileException(
                        file, "cannot be written: " + e, "Make its folder writable, or give another file.");
            }
            throw new StateFileException(
                    file, "is in use by another simulator", "Stop that one, or give another file with --state.");
        }

        private static boolean locked(FileChannel channel) throws IOException {
            try {
                return channel.tryLock() != null;
            } catch (OverlappingFileLockException byThisProcess) {
                return false;
            }
        }

        @Override
        public void close() {
            try (channel) {
                Files.deleteIfExists(beside);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The state file cannot be used; says which, what was found and what to do. Expected: no stack trace. */
    public static final class StateFileException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        StateFileException(Path file, String found, String remedy) {
            super("The simulator's state file " + file + " " + found + ". " + remedy, null, false, false);
        }
    }
}
