package io.weir.menu.publish;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.client.Json;
import io.weir.config.AccountConfig;
import io.weir.file.OwnedFolder;
import io.weir.menu.diff.MenuException;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisScript;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where menus are kept as they were. Futures fail when it is out of reach. */
public interface MenuBackups {
    /** Completes when it is kept. */
    Future<Void> keep(AccountConfig account, MenuBackup backup);

    /** Newest first. */
    Future<List<MenuBackup>> all(AccountConfig account);

    /** Backups as files, one each, that only their owner may read. They are never deleted. */
    final class FileBackups implements MenuBackups {
        private static final long MAX_BYTES = 1 << 20;
        private static final int MAX_READ = 200;

        private final Vertx vertx;
        private final Path folder;

        FileBackups(Vertx vertx, Path folder) {
            this.vertx = vertx;
            this.folder = folder;
        }

        @Override
        public Future<Void> keep(AccountConfig account, MenuBackup backup) {
            Path file = folder.resolve(account.appId() + "-" + backup.id() + ".json");
            byte[] content = (backup.toJson().toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
            return vertx.executeBlocking(
                            () -> {
                                OwnedFolder.write(file, content);
                                return file;
                            },
                            false)
                    .mapEmpty();
        }

        @Override
        public Future<List<MenuBackup>> all(AccountConfig account) {
            return vertx.executeBlocking(() -> read(account.appId() + "-"), false);
        }

        /** The newest, by what their names say. */
        private List<MenuBackup> read(String prefix) throws IOException {
            if (!Files.isDirectory(folder)) {
                return List.of();
            }
            try (Stream<Path> files = Files.list(folder)) {
                return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                        .sorted(Comparator.comparing(Path::getFileName).reversed())
                        .limit(MAX_READ)
                        .flatMap(file -> backup(file).stream())
                        .sorted(Comparator.comparing(MenuBackup::id).reversed())
                        .toList();
            }
        }

        /** Whatever else lies there is passed over. */
        private static Optional<MenuBackup> backup(Path file) {
            try {
                return Files.size(file) > MAX_BYTES
                        ? Optional.empty()
                        : Json.read(Files.readString(file)).flatMap(MenuBackup::read);
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    }

    /** The latest backups in Redis, for all instances: the list <code>{appId}:menu:backups</code>, newest first. */
    final class RedisBackups implements MenuBackups {
        private static final int MOST = 50;

        private static final RedisScript KEEP = RedisScript.of("""
                redis.call('LPUSH', KEYS[1], ARGV[1])
                redis.call('LTRIM', KEYS[1], 0, ARGV[2] - 1)
                return 1
                """);

        private final RedisLink redis;

        RedisBackups(RedisLink redis) {
            this.redis = redis;
        }

        @Override
        public Future<Void> keep(AccountConfig account, MenuBackup backup) {
            return redis.attempted()
                    .compose(tried -> redis.run(
                            KEEP, List.of(key(account)), List.of(backup.toJson().toString(), String.valueOf(MOST))))
                    .mapEmpty();
        }

        @Override
        public Future<List<MenuBackup>> all(AccountConfig account) {
            return redis.attempted()
                    .compose(tried -> redis.send("LRANGE", key(account), "0", String.valueOf(MOST - 1)))
                    .map(answer -> answer.items().stream()
                            .flatMap(item -> item.text().stream())
                            .flatMap(text -> Json.read(text).stream())
                            .flatMap(json -> MenuBackup.read(json).stream())
                            .toList());
        }

        private String key(AccountConfig account) {
            return redis.key("{" + account.appId() + "}:menu:backups");
        }
    }

    /** Keeps backups in several places. One that fails is logged; when all fail, there is no backup and nothing may be changed. */
    final class SafeBackups implements MenuBackups {
        private static final Logger LOG = LoggerFactory.getLogger(MenuBackups.class);

        private final List<MenuBackups> places;

        SafeBackups(List<MenuBackups> places) {
            this.places = List.copyOf(places);
        }

        @Override
        public Future<Void> keep(AccountConfig account, MenuBackup backup) {
            return inSome(place -> place.keep(account, backup).map(kept -> backup))
                    .mapEmpty();
        }

        @Override
        public Future<List<MenuBackup>> all(AccountConfig account) {
            return inSome(place -> place.all(account))
                    .map(lists -> List.copyOf(lists.stream()
                            .flatMap(List::stream)
                            .collect(Collectors.toMap(
                                    MenuBackup::id,
                                    Function.identity(),
                                    (one, same) -> one,
                                    () -> new TreeMap<>(Comparator.<String>reverseOrder())))
                            .values()));
        }

        private <T> Future<List<T>> inSome(Function<MenuBackups, Future<T>> work) {
            List<Future<T>> all = places.stream().map(work).toList();
            return Future.join(all).transform(joined -> {
                all.stream()
                        .filter(Future::failed)
                        .forEach(failed -> LOG.atWarn()
                                .addKeyValue("error", failed.cause().getMessage())
                                .log("a place for backups of menus is out of reach"));
                List<T> succeeded = all.stream()
                        .filter(Future::succeeded)
                        .map(Future::result)
                        .filter(Objects::nonNull)
                        .toList();
                return succeeded.isEmpty() ? none(all) : Future.succeededFuture(succeeded);
            });
        }

        private static <T> Future<List<T>> none(List<Future<T>> failed) {
            String reasons = failed.stream()
                    .map(each -> String.valueOf(each.cause().getMessage()))
                    .collect(Collectors.joining("; "));
            return Future.failedFuture(MenuException.of(
                    MenuException.Kind.UNAVAILABLE,
                    "there is no place for backups of menus, so nothing is changed: " + reasons));
        }
    }
}
