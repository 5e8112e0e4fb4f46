package io.weir.plugin.runtime;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.weir.config.Problems;
import io.weir.plugin.runtime.HandlerJars.PluginFiles;
import io.weir.plugin.runtime.PluginHandlers.ReloadTrouble;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in changed jars of handlers without a restart: looks at the folder again and again, and once two looks have found the same,
 * loads what has changed. Where anything is wrong with it, the previous handlers stay. Reads off the event loop. One instance.
 */
final class HandlersVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(HandlersVerticle.class);
    /** Two looks and the start of a handler make less than a second. */
    private static final Duration LOOK = Duration.ofMillis(300);

    private final Path folder;
    private final PluginHandlers handlers;
    private Map<String, PluginFiles> taken;
    private Map<String, PluginFiles> seen;
    /** What was tried last, so that what is wrong is told once. */
    private Map<String, PluginFiles> tried;

    private boolean looking;

    /**
     * Looks at a folder.
     *
     * @param loaded what the handlers were loaded from
     */
    HandlersVerticle(Path folder, Map<String, PluginFiles> loaded, PluginHandlers handlers) {
        this.folder = folder;
        this.handlers = handlers;
        this.taken = loaded;
        this.seen = loaded;
        this.tried = loaded;
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(LOOK.toMillis(), id -> look());
        return Future.succeededFuture();
    }

    private void look() {
        if (looking) {
            return;
        }
        looking = true;
        vertx.executeBlocking(this::lookNow).onComplete(done -> looking = false);
    }

    /** On a worker, one look after the other. */
    private Void lookNow() {
        try {
            Map<String, PluginFiles> found = HandlerJars.look(folder);
            boolean settled = found.equals(seen) && !found.equals(tried);
            seen = found;
            if (settled) {
                tried = found;
                if (found.equals(taken)) {
                    handlers.trouble(Optional.empty());
                } else {
                    take(found);
                }
            }
        } catch (IOException vanished) {
            // A file that went while it was looked at: the next look finds what is there then.
            LOG.debug("the folder of handlers was not read", vanished);
        }
        return null;
    }

    private void take(Map<String, PluginFiles> found) {
        Problems problems = new Problems();
        List<Plugin> changed = new ArrayList<>();
        found.forEach((name, files) -> {
            if (!files.equals(taken.get(name))) {
                HandlerJars.load(files, problems).ifPresent(changed::add);
            }
        });
        Set<String> gone = new HashSet<>(taken.keySet());
        gone.removeAll(found.keySet());
        if (problems.errors().isEmpty()) {
            handlers.reload(changed, gone, problems);
        } else {
            changed.forEach(Plugin::close);
        }
        if (problems.errors().isEmpty()) {
            taken = found;
            handlers.trouble(Optional.empty());
            LOG.atInfo()
                    .addKeyValue("file", folder)
                    .addKeyValue("changed", changed.size())
                    .addKeyValue("gone", gone.size())
                    .log("handlers reloaded");
        } else {
            String error = problems.errors().get(0).text();
            handlers.trouble(Optional.of(new ReloadTrouble(folder, error, Instant.now())));
            LOG.atError()
                    .addKeyValue("file", folder)
                    .addKeyValue("errors", problems.errors().size())
                    .addKeyValue("error", error)
                    .log("handlers have errors, the previous ones stay");
        }
    }
}
