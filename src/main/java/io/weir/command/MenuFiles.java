package io.weir.command;

import io.weir.cli.CommandException;
import io.weir.cli.ExitCode;
import io.weir.file.TextFile;
import io.weir.menu.file.MenuFileReader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the menu file that a command was given. */
final class MenuFiles {
    private MenuFiles() {}

    /** @throws CommandException when there is no such file */
    static MenuFileReader.ReadFile read(Path file) {
        try {
            return MenuFileReader.read(file, TextFile.read(file));
        } catch (NoSuchFileException e) {
            throw new CommandException(
                    ExitCode.BAD_DATA,
                    "no menu file at " + file + "; weir menu pull " + file + " writes one from what is live");
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.BAD_DATA, "the menu file " + file + " cannot be read: " + e.getMessage());
        }
    }
}
