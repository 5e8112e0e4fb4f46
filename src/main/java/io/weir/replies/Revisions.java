package io.weir.replies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.file.OwnedFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The texts of one replies file as they were saved, each in a file that only its owner may read: the latest {@value #MOST}, of
 * {@value #MOST_BYTES} bytes together. Blocks; on one thread at a time.
 */
final class Revisions {
    private static final int MOST = 50;
    private static final long MOST_BYTES = 20 * 1024 * 1024;
    private static final int HASH_CHARS = 32;
    private static final int SHORT_HASH = 8;
    private static final JsonMapper JSON = new JsonMapper();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final String prefix;
    private final Clock clock;

    /** @param file the replies file; files of one name in several folders do not share their revisions */
    Revisions(Path folder, Path file, Clock clock) {
        this.clock = clock;
        this.folder = folder;
        String place = file.toAbsolutePath().normalize().toString();
        this.prefix = file.getFileName() + "-"
                + hash(place.getBytes(StandardCharsets.UTF_8)).substring(0, SHORT_HASH) + "-";
    }

    /**
     * One of them.
     *
     * @param id sorts by time
     * @param author the name of a token or an address; empty where somebody has changed the file itself
     * @param hash see {@link Revisions#hash}
     */
    record Revision(String id, Instant time, String author, String hash, String text) {}

    /** What tells a text from every other one, and serves as its ETag. */
    static String hash(byte[] text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
            return HexFormat.of().formatHex(digest).substring(0, HASH_CHARS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Keeps a text as the latest, unless it is that already.
     *
     * @param time when it was saved first
     */
    void keep(String text, String author, Instant time) throws IOException {
        String hash = hash(text.getBytes(StandardCharsets.UTF_8));
        String newest = files().stream().findFirst().map(Revisions::name).orElse("");
        if (newest.endsWith(ending(hash))) {
            return;
        }
        Instant now = clock.instant();
        if (newest.compareTo(prefix + TIME.format(now)) >= 0) {
            now = TIME.parse(newest.substring(prefix.length(), newest.lastIndexOf('-')), Instant::from)
                    .plusMillis(1);
        }
        String json = JSON.createObjectNode()
                .put("time", time.toString())
                .put("author", author)
                .put("text", text)
                .toString();
        OwnedFolder.write(
                folder.resolve(prefix + TIME.format(now) + ending(hash)), json.getBytes(StandardCharsets.UTF_8));
        deleteOldest();
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static String ending(String hash) {
        return "-" + hash.substring(0, SHORT_HASH) + ".json";
    }

    /** Newest first. */
    List<Revision> all() throws IOException {
        return files().stream().flatMap(file -> read(file).stream()).toList();
    }

    Optional<Revision> find(String id) throws IOException {
        return all().stream().filter(each -> each.id.equals(id)).findFirst();
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> name(file).startsWith(prefix) && name(file).endsWith(".json"))
                    .sorted(Comparator.comparing(Path::getFileName).reversed())
                    .toList();
        }
    }

    private void deleteOldest() throws IOException {
        List<Path> files = files();
        long bytes = 0;
        for (int place = 0; place < files.size(); place++) {
            bytes += Files.size(files.get(place));
            if (place > 0 && (place >= MOST || bytes > MOST_BYTES)) {
                Files.delete(files.get(place));
            }
        }
    }

    /** Whatever else lies there is passed over. */
    private Optional<Revision> read(Path file) {
        try {
            JsonNode json = JSON.readTree(Files.readString(file));
            String name = name(file);
            String text = json.path("text").asText();
            return Optional.of(new Revision(
                    name.substring(prefix.length(), name.length() - ".json".length()),
                    Instant.parse(json.path("time").asText()),
                    json.path("author").asText(),
                    hash(text.getBytes(StandardCharsets.UTF_8)),
                    text));
        } catch (IOException | DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
