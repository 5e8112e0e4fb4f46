package io.weir.menu.publish;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.client.Json;
import io.weir.config.AccountConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
