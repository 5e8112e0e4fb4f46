package io.weir.dispatch.durable;

import io.weir.dispatch.durable.SpoolLine.Done;
import io.weir.dispatch.durable.SpoolLine.Failed;
import io.weir.dispatch.durable.SpoolLine.Kept;
import io.weir.file.OwnedFolder;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of one process in a spool, as long as it holds their lock: {@code lock}, and segments {@code 0000000001.jsonl} …, each
 * of which is written once and then only read. What a line says holds for lines before it in the same folder; so segments are
 * deleted in their order, the oldest first, when nothing in it is open. Blocks; on one thread.
 */
final class SpoolFolder {
    private static final Pattern SEGMENT = Pattern.compile("\\d{10}\\.jsonl");
    private static final String LOCK = "lock";
    private static final String HIDDEN = ".";
    private static final int BATCH_BYTES = 1 << 20;

    /** Locked by this process: to open and close such a lock a second time would free it, as POSIX has it. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;
    private final int segmentBytes;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private final List<Write> pending = new ArrayList<>();
    private @Nullable FileChannel out;
    private long number;
    private long bytes;
    private long pendingBytes;
    private long openBytes;
    /** Which a round of copies has not got rid of: what belongs to open entries beside their first lines. */
    private long neededWaste;

    private long syncs;

    private SpoolFolder(Path path, FileChannel lock, int segmentBytes) {
        this.path = path;
        this.lock = lock;
        this.segmentBytes = segmentBytes;
    }

    /** A file, and what is open in it. */
    final class Segment {
        private final Path file;
        private final Set<SpoolEntry> open = new LinkedHashSet<>();
        private long length;

        private Segment(Path file) {
            this.file = file;
        }

        SpoolFolder folder() {
            return SpoolFolder.this;
        }

        void add(SpoolEntry entry) {
            if (open.add(entry)) {
                openBytes += entry.lineBytes();
            }
        }

        void remove(SpoolEntry entry) {
            if (open.remove(entry)) {
                openBytes -= entry.lineBytes();
            }
        }
    }

    /** Where a line begins. */
    record Place(Segment segment, long offset) {}

    /** Lines that are written together. */
    private static final class Write {
        private final byte[] lines;
        private final Consumer<Place> written;
        private final Consumer<IOException> failed;

        /** @param written told where they begin when they are on the disk */
        Write(byte[] lines, Consumer<Place> written, Consumer<IOException> failed) {
            this.lines = lines;
            this.written = written;
            this.failed = failed;
        }
    }

    /**
     * What was found in a folder.
     *
     * @param torn last lines that a crash has cut
     * @param damaged files with a line that cannot be read
     * @param otherVersion whether there is a line that another version of Weir has written
     */
    record Found(Collection<SpoolEntry> entries, int torn, List<Path> damaged, boolean otherVersion) {}

    /** A new one, whose name no other has. Whoever looks sees it with its lock held. */
    static SpoolFolder make(Path root, String name, int segmentBytes) throws IOException {
        Path hidden = root.resolve(HIDDEN + name);
        OwnedFolder.make(hidden);
        FileChannel lock =
                OwnedFolder.open(hidden.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Path path = root.toRealPath().resolve(name);
        HELD.add(path);
        try {
            if (lock.tryLock() == null) {
                throw new IOException("its lock is held by somebody else");
            }
            Files.move(hidden, path);
            sync(root);
            return new SpoolFolder(path, lock, segmentBytes);
        } catch (IOException | RuntimeException e) {
            HELD.remove(path);
            lock.close();
            throw e;
        }
    }

    /** Those that are there, the oldest name first. */
    static List<Path> all(Path root) throws IOException {
        try (Stream<Path> found = Files.list(root.toRealPath())) {
            return found.filter(each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
                    .filter(each -> !each.getFileName().toString().startsWith(HIDDEN))
                    .sorted()
                    .toList();
        }
    }

    /** Empty while another process, or another spool of this one, has it. */
    static Optional<SpoolFolder> take(Path path, int segmentBytes) throws IOException {
        if (!HELD.add(path)) {
            return Optional.empty();
        }
        FileChannel lock = null;
        try {
            lock = OwnedFolder.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock.tryLock() != null && Files.isDirectory(path)) {
                return Optional.of(new SpoolFolder(path, lock, segmentBytes));
            }
        } catch (NoSuchFileException goneMeanwhile) {
            // Another has taken it and ended what was in it.
        } catch (IOException | RuntimeException e) {
            HELD.remove(path);
            close(lock);
            throw e;
        }
        HELD.remove(path);
        close(lock);
        return Optional.empty();
    }

    private static void close(@Nullable FileChannel channel) throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    Path path() {
        return path;
    }

    /** On the disk, and to be written. */
    long bytes() {
        return bytes + pendingBytes;
    }

    /** Lines that are needed no more. */
    long waste() {
        return bytes - openBytes;
    }

    long syncs() {
        return syncs;
    }

    boolean isThere() {
        return Files.isDirectory(path);
    }

    /** Reads what an earlier process has left. */
    Found read(Clock clock, long nowNanos) throws IOException {
        Contents contents = new Contents(clock, nowNanos);
        for (Path file : files()) {
            contents.read(file);
        }
        contents.entries.values().forEach(entry -> entry.place().segment().add(entry));
        return new Found(contents.entries.values(), contents.torn, contents.damaged, contents.otherVersion);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> found = Files.list(path)) {
            return found.filter(each ->
                            SEGMENT.matcher(each.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    /** What the lines of all files come to. */
    private final class Contents implements SpoolLine.Reader {
        private final Clock clock;
        private final long nowNanos;
        private final Map<String, SpoolEntry> entries = new LinkedHashMap<>();
        private final List<Path> damaged = new ArrayList<>();
        private int torn;
        private boolean otherVersion;
        private Place place = new Place(new Segment(path), 0);
        private int lineBytes;

        Contents(Clock clock, long nowNanos) {
            this.clock = clock;
            this.nowNanos = nowNanos;
        }

        void read(Path file) throws IOException {
            byte[] all = Files.readAllBytes(file);
            Segment segment = new Segment(file);
            segment.length = all.length;
            bytes += all.length;
            segments.add(segment);
            number = Long.parseLong(file.getFileName().toString().substring(0, 10));
            boolean readable = true;
            int begin = 0;
            for (int at = 0; at < all.length; at++) {
                if (all[at] == '\n') {
                    place = new Place(segment, begin);
                    lineBytes = at + 1 - begin;
                    Optional<SpoolLine> line =
                            SpoolLine.read(new String(all, begin, at - begin, StandardCharsets.UTF_8));
                    line.ifPresent(each -> each.tell(this));
                    readable &= line.isPresent();
                    begin = at + 1;
                }
            }
            torn += begin < all.length ? 1 : 0;
            if (!readable) {
                damaged.add(file);
            }
        }

        /** A copy that a crash has left beside the first replaces it. */
        @Override
        public void read(Kept line) {
            entries.put(line.id(), new SpoolEntry(line, lineBytes, place, nowNanos));
        }

        @Override
        public void read(Failed line) {
            SpoolEntry entry = entries.get(line.id());
            if (entry != null) {
                entry.fail(line, Duration.between(line.at(), clock.instant()), nowNanos);
            }
        }

        @Override
        public void read(Done line) {
            SpoolEntry entry = entries.get(line.id());
            if (entry != null && line.left().isEmpty()) {
                entries.remove(line.id());
            } else if (entry != null) {
                entry.leave(line.left());
            }
        }

        @Override
        public void readOther() {
            otherVersion = true;
        }
    }

    /** Writes it with what else is to be written at the next {@link #flush}. */
    void add(byte[] line, Consumer<Place> written, Consumer<IOException> failed) {
        pending.add(new Write(line, written, failed));
        pendingBytes += line.length;
    }

    long pendingBytes() {
        return pendingBytes;
    }

    /** Has what was added on the disk, with one sync for all, and tells each. */
    void flush() throws IOException {
        List<Write> batch = List.copyOf(pending);
        pending.clear();
        pendingBytes = 0;
        if (!batch.isEmpty()) {
            write(batch);
        }
    }

    private void write(List<Write> batch) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        batch.forEach(each -> all.writeBytes(each.lines));
        Segment segment;
        try {
            segment = append(all.toByteArray());
        } catch (IOException e) {
            batch.forEach(each -> each.failed.accept(e));
            throw e;
        }
        long offset = segment.length - all.size();
        for (Write each : batch) {
            each.written.accept(new Place(segment, offset));
            offset += each.lines.length;
        }
    }

    private Segment append(byte[] lines) throws IOException {
        FileChannel channel = current();
        Segment segment = segments.getLast();
        try {
            ByteBuffer left = ByteBuffer.wrap(lines);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(false);
        } catch (IOException e) {
            giveUp(channel, segment);
            throw e;
        }
        syncs++;
        segment.length += lines.length;
        bytes += lines.length;
        return segment;
    }

    /** After a failed sync nobody knows what of the file is on the disk: it is not written again. */
    private void giveUp(FileChannel channel, Segment segment) {
        out = null;
        try (channel) {
            channel.truncate(segment.length);
        } catch (IOException alsoInVain) {
            // What is left is a line that was cut, or lines that nobody was told of.
        }
    }

    private FileChannel current() throws IOException {
        FileChannel channel = out;
        if (channel != null && segments.getLast().length < segmentBytes && Files.exists(segments.getLast().file)) {
            return channel;
        }
        return next();
    }

    /** Begins a new file. */
    FileChannel next() throws IOException {
        end();
        number++;
        Path file = path.resolve("%010d.jsonl".formatted(number));
        FileChannel channel = OwnedFolder.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        segments.add(new Segment(file));
        out = channel;
        sync(path);
        return channel;
    }

    private void end() throws IOException {
        FileChannel channel = out;
        out = null;
        close(channel);
    }

    /** A new name is lost with the power where its folder was not synced. Not every system can. */
    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (AccessDeniedException | UnsupportedOperationException notOnThisSystem) {
            // Windows opens no folder.
        }
    }

    /** The push of an entry. */
    StoredPush push(SpoolEntry entry) throws IOException {
        return SpoolLine.read(new String(line(entry), StandardCharsets.UTF_8).stripTrailing()).stream()
                .filter(Kept.class::isInstance)
                .map(Kept.class::cast)
                .map(Kept::push)
                .findFirst()
                .orElseThrow(() -> new IOException(entry.place().segment().file + " is not what it was"));
    }

    private static byte[] line(SpoolEntry entry) throws IOException {
        Place place = entry.place();
        ByteBuffer line = ByteBuffer.allocate(entry.lineBytes());
        try (FileChannel in = FileChannel.open(place.segment().file, StandardOpenOption.READ)) {
            while (line.hasRemaining()) {
                if (in.read(line, place.offset() + line.position()) < 0) {
                    throw new EOFException(place.segment().file + " is shorter than it was");
                }
            }
        }
        return line.array();
    }

    /**
     * Deletes files in which nothing is open, the oldest first. While there is too much waste, copies what is open of the oldest into
     * the newest before. A crash between the two leaves both, which say the same.
     *
     * @param most waste that is let be
     */
    void tidy(long most) throws IOException {
        deleteEnded();
        neededWaste = Math.min(neededWaste, waste());
        if (waste() - neededWaste > most) {
            for (int left = segments.size(); left > 0 && waste() > most / 2; left--) {
                moveOldest();
                deleteEnded();
            }
            neededWaste = waste() > most ? waste() : 0;
        }
    }

    private void deleteEnded() throws IOException {
        while (!segments.isEmpty() && segments.getFirst().open.isEmpty() && (out == null || segments.size() > 1)) {
            delete(segments.getFirst());
        }
    }

    private void delete(Segment segment) throws IOException {
        Files.deleteIfExists(segment.file);
        segments.remove(segment);
        bytes -= segment.length;
    }

    private void moveOldest() throws IOException {
        Segment oldest = segments.getFirst();
        if (segments.size() == 1) {
            end();
        }
        List<Write> copies = new ArrayList<>();
        int size = 0;
        for (SpoolEntry entry : List.copyOf(oldest.open)) {
            byte[] lines = lines(entry);
            copies.add(new Write(lines, entry::move, failure -> {}));
            size += lines.length;
            if (size > BATCH_BYTES) {
                write(copies);
                copies.clear();
                size = 0;
            }
        }
        if (!copies.isEmpty()) {
            write(copies);
        }
    }

    private static byte[] lines(SpoolEntry entry) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        lines.writeBytes(line(entry));
        lines.writeBytes(entry.rest());
        return lines.toByteArray();
    }

    /** Whether nothing is open. */
    boolean isEmpty() {
        return pending.isEmpty() && segments.stream().allMatch(each -> each.open.isEmpty());
    }

    /** The entries that lie here. */
    Set<SpoolEntry> entries() {
        Set<SpoolEntry> entries = new HashSet<>();
        segments.forEach(each -> entries.addAll(each.open));
        return entries;
    }

    /** Deletes all files: nothing is open. */
    void clear() throws IOException {
        end();
        deleteEnded();
    }

    /** Lets another have it. */
    void close() throws IOException {
        try (lock) {
            end();
        } finally {
            HELD.remove(path);
        }
    }

    /** Deletes it, when nothing in it is open. From its new name on nobody looks at it, however far the deletion comes. */
    void delete() throws IOException {
        end();
        Path hidden = path.resolveSibling(HIDDEN + path.getFileName());
        if (isThere()) {
            Files.move(path, hidden);
        }
        close();
        deleteHidden(hidden);
    }

    /** Deletes what is left of folders that were being made or deleted when their process ended. */
    static void deleteLeftovers(Path root, Clock clock) throws IOException {
        List<Path> hidden;
        try (Stream<Path> found = Files.list(root)) {
            hidden = found.filter(each -> each.getFileName().toString().startsWith(HIDDEN))
                    .filter(each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        for (Path each : hidden) {
            Duration age = Duration.between(Files.getLastModifiedTime(each).toInstant(), clock.instant());
            if (age.compareTo(Duration.ofMinutes(1)) > 0) {
                deleteHidden(each);
            }
        }
    }

    private static void deleteHidden(Path hidden) throws IOException {
        if (Files.isDirectory(hidden)) {
            try (Stream<Path> files = Files.list(hidden)) {
                for (Path file : files.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(hidden);
        }
    }
}
