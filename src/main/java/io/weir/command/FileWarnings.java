package io.weir.command;

import io.weir.config.Place;
import io.weir.config.Problem;
import io.weir.config.Problem.Severity;
import io.weir.config.Problems;
import io.weir.file.FileAccess;
import io.weir.file.OwnedFolder;
import io.weir.menu.publish.MenuChanges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Warns of a configuration file, handlers, backups and kept pushes that other users of this machine may read or change. Blocks. */
record FileWarnings(Problems problems) {
    private static final String OWNER = "expected root or the user that runs Weir, since its owner may change it";

    /**
     * Looks at a configuration file and what lies beside it.
     *
     * @param secrets whether the file holds secrets
     */
    void lookAt(Path conf, boolean secrets) {
        change(conf, "expected nobody else to change it, since it names what Weir runs and whom it trusts");
        if (secrets && FileAccess.isPublic(conf)) {
            warn(
                    conf,
                    "mode " + FileAccess.words(conf) + ", and secrets in it",
                    "expected its owner and group alone to read it",
                    "chmod o= " + conf + ", or take secrets from ${NAME} or ${file:/path}");
        }
        handlers(conf.resolveSibling("handlers"));
        written(MenuChanges.backupFolder(Optional.of(conf)), "backups");
        written(OwnedFolder.ofProcess(Optional.of(conf), "replies-backups"), "revisions");
        written(OwnedFolder.ofProcess(Optional.of(conf), "spool"), "pushes");
    }

    private void handlers(Path folder) {
        if (Files.isDirectory(folder)) {
            String rule = "expected nobody else to change it, since Weir runs what is in it";
            change(folder, rule);
            jars(folder).forEach(jar -> change(jar, rule));
        }
    }

    private static List<Path> jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private void written(Path folder, String what) {
        if (Files.isSymbolicLink(folder)) {
            warn(
                    folder,
                    "a symbolic link",
                    "expected a folder: Weir writes no " + what + " through a link",
                    "remove it");
        } else if (Files.isDirectory(folder)) {
            if (!FileAccess.isOwnersAlone(folder)) {
                warn(folder, "mode " + FileAccess.words(folder), "expected rwx------", "chmod 700 " + folder);
            }
            owner(folder, "expected the user that runs Weir: it writes no " + what + " into another's folder");
        }
    }

    private void change(Path path, String rule) {
        if (FileAccess.isOpenToChange(path)) {
            warn(path, "mode " + FileAccess.words(path), rule, "chmod o-w " + path);
        }
        owner(path, OWNER);
    }

    private void owner(Path path, String rule) {
        if (FileAccess.hasForeignOwner(path)) {
            warn(path, "another user as its owner", rule, "chown it");
        }
    }

    private void warn(Path path, String found, String rule, String hint) {
        problems.add(
                new Problem(Severity.WARNING, new Place(path.toString(), 0, 0, ""), found, rule, Optional.of(hint)));
    }
}
