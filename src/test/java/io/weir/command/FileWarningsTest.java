package io.weir.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.config.Problem;
import io.weir.file.ProcessEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code weir check} and {@code weir doctor} say of owners and modes. */
class FileWarningsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    private Path conf;

    @BeforeEach
    void write() throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "needs POSIX modes");
        mode(folder, "rwxr-xr-x");
        conf = folder.resolve("weir.yaml");
        Files.writeString(folder.resolve("replies.yaml"), "");
        configure("appSecret: '${SECRET}', token: '${SECRET}'");
        mode(conf, "rw-r--r--");
    }

    @Test
    void saysNothingOfAFileThatEverybodyMayReadAndThatHoldsNoSecret() {
        assertThat(warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "appSecret: hush, token: '${SECRET}'",
                "appSecret: '${SECRET}', token: ['${SECRET}', hush]",
                "appSecret: '${SECRET}', token: '${SECRET}' } }\nredis: { uri: 'redis://:hush@h'}\nhandlers: { CLICK: { settings: {"
            })
    void warnsOfSecretsThatEverybodyMayRead(String secrets) throws IOException {
        configure(secrets.endsWith("{") ? secrets + "}" : secrets);

        assertThat(warnings())
                .containsExactly(
                        "weir.yaml: warning: found mode rw-r--r--, and secrets in it; expected its owner and group"
                                + " alone to read it; chmod o= weir.yaml, or take secrets from ${NAME} or ${file:/path}");
        mode(conf, "rw-r-----");
        assertThat(warnings()).isEmpty();
        mode(conf, "rw-r--r--");
        mode(folder, "rwxr-x---");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void warnsOfWhatEverybodyMayChange() throws IOException {
        mode(conf, "rw-rw-rw-");
        Path handlers = Files.createDirectory(folder.resolve("handlers"));
        mode(handlers, "rwxrwxrwx");

        assertThat(warnings())
                .containsExactly(
                        "handlers: warning: found mode rwxrwxrwx; expected nobody else to change it, since Weir runs what is"
                                + " in it; chmod o-w handlers",
                        "weir.yaml: warning: found mode rw-rw-rw-; expected nobody else to change it, since it names what"
                                + " Weir runs and whom it trusts; chmod o-w weir.yaml");
    }

    @Test
    void warnsOfBackupsThatOthersMayRead() throws IOException {
        Path backups = Files.createDirectory(folder.resolve("menu-backups"));
        mode(backups, "rwxr-x---");

        assertThat(warnings())
                .containsExactly(
                        "menu-backups: warning: found mode rwxr-x---; expected rwx------; chmod 700 menu-backups");
        mode(backups, "rwx------");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void warnsOfBackupsBehindALink() throws IOException {
        Files.createSymbolicLink(folder.resolve("menu-backups"), Files.createDirectory(folder.resolve("elsewhere")));

        assertThat(warnings())
                .containsExactly(
                        "menu-backups: warning: found a symbolic link; expected a folder: Weir writes no backups"
                                + " through a link; remove it");
    }

    @Test
    void warnsOfKeptPushesThatOthersMayRead() throws IOException {
        mode(Files.createDirectory(folder.resolve("spool")), "rwxr-xr-x");

        assertThat(warnings())
                .containsExactly("spool: warning: found mode rwxr-xr-x; expected rwx------; chmod 700 spool");
    }

    @Test
    void warnsOfOtherOwners() throws IOException {
        assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")), "needs root");
        Path handlers = Files.createDirectory(folder.resolve("handlers"));
        Path backups = Files.createDirectory(folder.resolve("menu-backups"));
        mode(backups, "rwx------");
        for (Path each : List.of(conf, handlers, backups)) {
            Files.setAttribute(each, "unix:uid", 12_345);
        }

        assertThat(warnings())
                .hasSize(3)
                .allSatisfy(text -> assertThat(text).contains("found another user as its owner"));
    }

    private void configure(String secrets) throws IOException {
        Files.writeString(conf, "accounts: { main: { appId: wx1, " + secrets + " } }\n");
    }

    private List<String> warnings() {
        ConfigFiles files =
                new ConfigFiles(new ProcessEnvironment(Map.of("SECRET", "x".repeat(20))), Clock.systemUTC());
        return files.load(Optional.of(conf)).problems().warnings().stream()
                .map(Problem::text)
                .map(text -> text.replace(folder + "/", ""))
                .toList();
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
}
