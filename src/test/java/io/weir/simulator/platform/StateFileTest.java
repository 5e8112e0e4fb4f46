package io.weir.simulator.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.simulator.platform.StateFile.StateFileException;
import io.weir.simulator.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateFileTest {
    private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-20T04:00:00Z"));

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void placeFile() {
        file = folder.resolve("state.json");
    }

    @Test
    void bringsBackTokensQuotasAndPeople() {
        Platform before = platform("main");
        StateFile state = StateFile.open(file, before);
        String token = before.exclusively(() -> {
            PlatformAccount account = account(before);
            account.followers().put(Follower.of("oAlice", "Alice").tagged(101));
            account.quotas().spend("/cgi-bin/token");
            account.tokens().freezeSecret(true);
            account.tokens().fetch();
            return account.tokens().fetchStable(true).value();
        });
        state.close();

        Platform after = platform("main");
        StateFile.open(file, after).close();

        assertThat(account(after).tokens().problem(token)).isEmpty();
        assertThat(account(after).tokens().fetchStable(true).value()).isEqualTo(token);
        assertThat(account(after).tokens().secretFrozen()).isTrue();
        assertThat(account(after).quotas().used("/cgi-bin/token")).isEqualTo(1);
        assertThat(account(after).followers().all())
                .containsExactly(Follower.of("oAlice", "Alice").tagged(101));
        assertThat(after.save()).isEqualTo(before.save());
    }

    @Test
    void writesOnlyWhatHasChanged() throws IOException {
        Platform platform = platform("main");
        StateFile state = StateFile.open(file, platform);
        state.saveIfChanged();
        FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(file, longAgo);

        platform.exclusively(() -> account(platform).tokens().secretFrozen());
        state.saveIfChanged();
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(longAgo);

        platform.exclusively(() -> account(platform).tokens().fetch());
        state.saveIfChanged();
        assertThat(Files.getLastModifiedTime(file)).isNotEqualTo(longAgo);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its files have no such permissions")
    void isReadableByItsOwnerOnlyAndLeavesNothingBeside() throws IOException {
        Files.writeString(file, "{\"version\":1,\"accounts\":{}}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        StateFile.open(file, platform("main")).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void keepsTheAccountsThatAreNotRegisteredNow() {
        Platform both = platform("main", "other");
        both.exclusively(() -> both.byName("other").orElseThrow().tokens().fetch());
        StateFile.open(file, both).close();

        Platform one = platform("main");
        StateFile.open(file, one).close();

        Platform again = platform("main", "other");
        StateFile.open(file, again).close();
        assertThat(again.save()).isEqualTo(both.save());
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        Path missing = folder.resolve("not there").resolve("state.json");

        assertThatThrownBy(() -> StateFile.open(missing, platform("main")))
                .isInstanceOf(StateFileException.class)
                .hasMessageContaining("cannot be written")
                .hasMessageContaining("Make its folder writable");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"version\":1,\"accounts\":{\"wxmain\": topsecret}}`, is not JSON: the fault is at line 1",
                "`{\"version\":1,\"accounts\":{`, is not JSON: the fault is at line 1",
                "`{\"version\":1,\"accounts\":{}} x`, is not JSON: the fault is at line 1",
                "``, is not one that this version of the simulator writes",
                "`[]`, is not one that this version of the simulator writes",
                "`{\"version\":2,\"accounts\":{}}`, is not one that this version of the simulator writes",
                "`{\"version\":1,\"accounts\":[]}`, is not one that this version of the simulator writes",
                "`{\"version\":1,\"accounts\":{\"wxmain\":{\"tokens\":{\"lastForced\":\"x\"}}}}`, has a state that cannot be understood"
            })
    void refusesADamagedFileAndLeavesItUntouched(String content, String found) throws IOException {
        Files.writeString(file, content);

        assertThatThrownBy(() -> StateFile.open(file, platform("main")))
                .isInstanceOf(StateFileException.class)
                .hasMessageStartingWith("The simulator's state file " + file + " " + found)
                .hasMessageEndingWith("It was left untouched: mend it, or move it away to begin with an empty state.")
                .hasMessageNotContaining("topsecret");
        assertThat(file).hasContent(content);
    }

    @Test
    void saysWhenItCannotWriteAndTriesAgain() throws IOException {
        StateFile state = StateFile.open(file, platform("main"));
        Path inTheWay = Files.createDirectories(file.resolve("inTheWay"));

        assertThatThrownBy(state::saveIfChanged)
                .isInstanceOf(StateFileException.class)
                .hasMessageContaining("cannot be written")
                .hasMessageContaining("Make its folder writable");
        Files.delete(inTheWay);
        Files.delete(file);
        state.saveIfChanged();

        assertThat(file).isRegularFile();
    }

    private Platform platform(String... names) {
        return new Platform(
                Stream.of(names)
                        .map(name -> Registration.of(name, "wx" + name, "secret", "gh_" + name))
                        .toList(),
                time.clock());
    }

    private static PlatformAccount account(Platform platform) {
        return platform.accounts().get(0);
    }

    @Test
    void refusesAFileThatAnotherSimulatorUses() {
        try (StateFile state = StateFile.open(file, platform("main"))) {
            assertThatThrownBy(() -> StateFile.open(file, platform("main")))
                    .isInstanceOf(StateFileException.class)
                    .hasMessageContaining("in use by another simulator")
                    .hasMessageContaining(file.toString());
            state.saveIfChanged();
        }

        StateFile.open(file, platform("main")).close();
    }
}
