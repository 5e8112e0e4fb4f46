package io.weir.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Who else on this machine may read or change a file, by POSIX owner and mode. Where a file system has none, or does not tell,
 * nobody may. Blocks.
 */
public final class FileAccess {
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    private static final Path PROCESS = Path.of("/proc/self");
    private static final int ROOT = 0;

    private FileAccess() {}

    /** Whether everybody may read it. */
    public static boolean isPublic(Path path) {
        return allows(path, PosixFilePermission.OTHERS_READ) && isReachable(path);
    }

    /** Whether everybody may change it, or what lies in it. */
    public static boolean isOpenToChange(Path path) {
        return allows(path, PosixFilePermission.OTHERS_WRITE) && isReachable(path);
    }

    /** Whether its owner alone has any right to it. */
    public static boolean isOwnersAlone(Path path) {
        return OWNERS.containsAll(mode(path));
    }

    /** Whether it belongs to another user than the one that this process runs as, and not to root either. */
    public static boolean hasForeignOwner(Path path) {
        OptionalInt owner = owner(path);
        OptionalInt user = owner(PROCESS);
        return owner.isPresent() && user.isPresent() && owner.getAsInt() != ROOT && owner.getAsInt() != user.getAsInt();
    }

    /** As {@code ls -l} shows it: {@code rwxr-xr-x}. */
    public static String words(Path path) {
        return PosixFilePermissions.toString(mode(path));
    }

    /** Why a file cannot be replaced as a whole: it is read-only, or its folder is; empty where it can. */
    public static Optional<String> refusal(Path path) {
        try {
            boolean there = Files.exists(path);
            Path target = there ? path.toRealPath() : path.toAbsolutePath();
            Path folder = target.resolveSibling("");
            while (!Files.exists(folder) && folder.getParent() != null) {
                folder = folder.getParent();
            }
            if (there && !isWritable(target, PosixFilePermission.OWNER_WRITE)) {
                return Optional.of(target + " is read-only");
            }
            return isWritable(folder, PosixFilePermission.OWNER_WRITE)
                    ? Optional.empty()
                    : Optional.of("the folder " + folder + " is read-only");
        } catch (IOException e) {
            return Optional.of(path + " cannot be reached: " + e.getMessage());
        }
    }

    /** Root may write everything: what nobody may write by its mode is meant to stay as it is. */
    private static boolean isWritable(Path path, PosixFilePermission permission) {
        Set<PosixFilePermission> mode = mode(path);
        return Files.isWritable(path) && (mode.isEmpty() || mode.contains(permission));
    }

    /** Gives a file the mode, owner and group of another, as far as this process may. */
    static void copy(Path from, Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        PosixFileAttributes wanted = Files.readAttributes(from, PosixFileAttributes.class);
        view.setPermissions(wanted.permissions());
        try {
            view.setGroup(wanted.group());
            view.setOwner(wanted.owner());
        } catch (IOException e) {
            // Only root gives a file away; who may replace it goes on as its owner.
            view.setPermissions(wanted.permissions());
        }
    }

    private static boolean allows(Path path, PosixFilePermission permission) {
        return mode(path).contains(permission);
    }

    /** A folder on the way that others may not enter protects all below it. */
    private static boolean isReachable(Path path) {
        try {
            for (Path folder = path.toRealPath().getParent(); folder != null; folder = folder.getParent()) {
                if (!allows(folder, PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Set<PosixFilePermission> mode(Path path) {
        try {
            return Files.getPosixFilePermissions(path);
        } catch (IOException | UnsupportedOperationException e) {
            return EnumSet.noneOf(PosixFilePermission.class);
        }
    }

    private static OptionalInt owner(Path path) {
        try {
            return Files.getAttribute(path, "unix:uid") instanceof Integer uid
                    ? OptionalInt.of(uid)
                    : OptionalInt.empty();
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return OptionalInt.empty();
        }
    }
}
