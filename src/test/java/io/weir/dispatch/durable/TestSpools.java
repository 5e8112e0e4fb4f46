package io.weir.dispatch.durable;

import io.vertx.core.Future;
import io.weir.client.ManualClock;
import io.weir.dispatch.durable.DurableWork.Use;
import io.weir.dispatch.durable.Spool.Limits;
import io.weir.dispatch.durable.SpoolDrain.Drained;
import io.weir.redis.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Spools in one folder, as if each belonged to another process. */
final class TestSpools implements AutoCloseable {
    static final Limits SMALL = limits(1 << 20, 1_000);

    private final List<Spool> open = new ArrayList<>();
    private final ManualClock clock = new ManualClock("2026-11-30T08:00:00Z");
    private final Path root;

    static Limits limits(long bytes, int entries) {
        return new Limits(bytes, entries, JournalConfig.DEFAULT.keep(), JournalConfig.DEFAULT.keepDead());
    }

    TestSpools(Path folder) {
        root = folder.resolve("spool");
    }

    Path root() {
        return root;
    }

    ManualClock clock() {
        return clock;
    }

    Spool open() {
        return open(SMALL, EnumSet.allOf(Use.class));
    }

    /** It has read what is there. */
    Spool open(Limits limits, Set<Use> uses) {
        return open(limits, uses, Map.of());
    }

    Spool open(Limits limits, Set<Use> uses, Map<String, List<String>> copied) {
        Spool spool = Spool.open(root, limits, uses, copied, clock, clock::nanos);
        open.add(spool);
        Await.result(spool.takeOver("nobody", 0));
        return spool;
    }

    /** It lets go of its lock, as a dead process does, and writes nothing. */
    void kill(DurableWork spool) {
        Await.result(((Spool) spool).abandon());
    }

    @Override
    public void close() {
        open.forEach(spool -> Await.result(spool.close().otherwiseEmpty()));
    }

    /** All files and folders whose names end so. */
    List<Path> files(String suffix) {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(each -> each.toString().endsWith(suffix)).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The first file with entries. */
    Path segment() {
        return files(".jsonl").get(0);
    }

    /** Takes all that nobody handles. */
    static List<Drained> drain(Spool spool) {
        List<Drained> drained = new ArrayList<>();
        Await.result(spool.drain().drain(100, each -> {
            drained.add(each);
            return Future.succeededFuture();
        }));
        return drained;
    }
}
