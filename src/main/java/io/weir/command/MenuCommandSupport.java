package io.weir.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.cli.CommandException;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.cli.Terminal.Colour;
import io.weir.client.Json;
import io.weir.client.calls.TagCalls;
import io.weir.command.BaseCommand.ForceOption;
import io.weir.command.BaseCommand.WeChatCommand;
import io.weir.config.AccountConfig;
import io.weir.file.OwnedFolder;
import io.weir.menu.diff.AccountMenus;
import io.weir.menu.diff.PlanJson;
import io.weir.menu.diff.WantedMenus;
import io.weir.menu.file.AnswersCheck;
import io.weir.menu.file.MenuCheck;
import io.weir.menu.file.MenuFile;
import io.weir.menu.file.MenuFileReader;
import io.weir.menu.file.MenuFinding;
import io.weir.menu.file.TagIds;
import io.weir.menu.publish.MenuBackup;
import io.weir.menu.publish.MenuChanges;
import io.weir.menu.publish.MenuImages;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import io.weir.wechat.menu.LiveMenus.ConditionalMenu;
import io.weir.wechat.menu.MenuJson;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Mixin;

/** A command that changes the menus of one account, or tells what would change: reads menu files, asks, shows results. */
abstract class MenuCommandSupport extends WeChatCommand {
    @Mixin
    private final ForceOption force = new ForceOption();

    MenuCommandSupport(Terminal terminal, ConfigFiles files) {
        super(terminal, files);
    }

    /** The account that the options name, and the ways to its menus. */
    record Account(WeChatSession session, AccountConfig config, MenuChanges changes, MenuImages images) {}

    /** Lets a command work; what it has opened is closed afterwards. */
    final int withMenus(ToIntFunction<Account> work) {
        return withWeChat(force.given(), (session, account) -> {
            Optional<RedisLink> redis = session.config()
                    .redis()
                    .map(configured -> RedisLink.open(session.vertx(), configured, RedisLimits.DEFAULT));
            try {
                return work.applyAsInt(menus(session, account, redis));
            } finally {
                redis.ifPresent(RedisLink::close);
            }
        });
    }

    private Account menus(WeChatSession session, AccountConfig account, Optional<RedisLink> redis) {
        Path folder = MenuChanges.backupFolder(conf);
        return new Account(
                session,
                account,
                MenuChanges.create(session.vertx(), session.client(), redis, folder, Clock.systemUTC()),
                MenuImages.create(session.vertx(), session.client(), redis, folder));
    }

    /**
     * Refuses a change before its first call where its backup would fail later: without Redis the folder is the only place.
     *
     * @throws CommandException where nothing can be written there
     */
    final void requireBackups(Account account) {
        Path folder = MenuChanges.backupFolder(conf);
        if (account.session().config().redis().isPresent()) {
            return;
        }
        try {
            OwnedFolder.tryToWrite(folder);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.UNAVAILABLE,
                    "backups of menus cannot be kept in " + folder + ": " + e.getMessage() + "; nothing was done");
        }
    }

    /**
     * A menu file without errors.
     *
     * @throws CommandException where it has some; they are printed
     */
    final MenuFile require(Path file, AccountConfig account) {
        MenuFileReader.ReadFile reading = MenuFiles.read(files.input(), file);
        ConfigFiles.Loaded loaded = files.load(conf);
        AnswersCheck answers = new AnswersCheck(
                loaded.replies().of(account.name()), (type, key) -> loaded.own().answers(account.name(), type, key));
        List<MenuFinding> all = new ArrayList<>(reading.findings());
        reading.file().ifPresent(menus -> all.addAll(new MenuCheck(false, answers).check(menus)));
        refuse(all);
        return reading.file().orElseThrow(() -> new CommandException(ExitCode.BAD_DATA, "no menus in " + file));
    }

    /**
     * What a file wants of the account, with the ids of the account's tags.
     *
     * @param mediaIds of its pictures, as far as they are known
     */
    final WantedMenus wanted(MenuFile file, Account account, Map<String, String> mediaIds) {
        Map<String, String> tags = file.tagNames().isEmpty()
                ? Map.of()
                : WeChatSession.await(TagIds.byName(
                        new TagCalls(account.session().client()),
                        account.config().name()));
        refuse(file.unknownTags(tags));
        return file.wanted(tags, mediaIds);
    }

    private void refuse(List<MenuFinding> found) {
        MenuFindings errors =
                new MenuFindings(found.stream().filter(MenuFinding::isError).toList());
        if (errors.errors() == 0) {
            return;
        }
        print(errors.json(), () -> errors.print(terminal));
        throw new CommandException(ExitCode.BAD_DATA, "the menu file has errors; no menu was changed");
    }

    /** Tells what became of the menus. */
    final int show(MenuChanges.Applied applied) {
        if (asJson) {
            ObjectNode result = PlanJson.of(applied.plan(), List.of());
            applied.backup().ifPresent(backup -> result.put("backup", backup.id()));
            terminal.result(result.toPrettyString());
        } else {
            terminal.result(applied.backup()
                    .map(backup -> "Done, and read back from WeChat as wanted. " + before(backup))
                    .orElse("Nothing to do: the menus are as wanted already."));
        }
        return ExitCode.DONE;
    }

    /** How to bring back what was before a change. */
    static String before(MenuBackup backup) {
        return "As it was before: weir menu rollback --to " + backup.id();
    }

    /**
     * Deletes all menus of an account, after it has named them and asked: WeChat deletes the personalised ones with the default
     * one. The exit code tells what became of it.
     */
    final int deleteAll(Account account, boolean yes, String question) {
        requireBackups(account);
        AccountMenus live = WeChatSession.await(account.changes().live(account.config()));
        name(live);
        boolean isThere = !live.api().isEmpty() || live.website().isPresent();
        if (isThere && !agreed(yes, question)) {
            terminal.talk("nothing was done");
            return ExitCode.FAILED;
        }
        Optional<MenuBackup> backup =
                WeChatSession.await(account.changes().delete(account.config(), Optional.of(live.hash())));
        print(
                json(live, backup),
                () -> terminal.result(backup.map(kept -> "All menus are deleted. " + before(kept))
                        .orElse("Nothing to do: there is no menu.")));
        return ExitCode.DONE;
    }

    private void name(AccountMenus live) {
        live.website()
                .ifPresent(menu -> terminal.talk("a menu that was made on WeChat's website: "
                        + menu.buttons().size() + " buttons, which only the website can make again"));
        live.api()
                .menu()
                .ifPresent(menu ->
                        terminal.talk("the default menu: " + menu.leaves().count() + " buttons"));
        live.api()
                .conditional()
                .forEach(menu -> terminal.talk("and with it the personalised menu "
                        + menu.menuid().orElse("") + " for "
                        + Terminal.harmless(MenuJson.write(menu.matchRule()).toString())));
    }

    private static ObjectNode json(AccountMenus live, Optional<MenuBackup> backup) {
        ObjectNode result = Json.object().put("deleted", backup.isPresent());
        backup.ifPresent(kept -> result.put("backup", kept.id()));
        live.api().menu().ifPresent(menu -> result.set("menu", MenuJson.write(menu)));
        ArrayNode conditional = result.putArray("conditional");
        for (ConditionalMenu menu : live.api().conditional()) {
            ObjectNode gone =
                    conditional.addObject().put("menuid", menu.menuid().orElse(""));
            gone.set("matchrule", MenuJson.write(menu.matchRule()));
        }
        return result;
    }

    /** Reads the menu file that a command was given. */
    static final class MenuFiles {
        private MenuFiles() {}

        /** @throws CommandException when there is no such file */
        static MenuFileReader.ReadFile read(CommandInput input, Path file) {
            try {
                return MenuFileReader.read(Path.of(CommandInput.name(file)), input.read(file, "FILE"));
            } catch (NoSuchFileException e) {
                throw new CommandException(
                        ExitCode.BAD_DATA,
                        "no menu file at " + file + "; weir menu pull " + file + " writes one from what is live");
            } catch (IOException e) {
                throw new CommandException(
                        ExitCode.BAD_DATA,
                        "the menu file " + CommandInput.name(file) + " cannot be read: " + e.getMessage());
            }
        }
    }

    /** Shows what was found in a menu file. */
    record MenuFindings(List<MenuFinding> all) {
        MenuFindings {
            all = List.copyOf(all);
        }

        long errors() {
            return all.stream().filter(MenuFinding::isError).count();
        }

        /** A line each, WeChat's own rules with a second one in Chinese; at the end how many. */
        void print(Terminal terminal) {
            for (MenuFinding each : all) {
                Colour colour = each.isError() ? Colour.BAD : Colour.QUIET;
                String where = Terminal.harmless(each.where());
                terminal.result(terminal.paint(Colour.STRONG, where) + terminal.paint(colour, oneLine(each.what())));
                if (!each.chinese().isEmpty()) {
                    terminal.result("    " + oneLine(each.chinese()));
                }
            }
            terminal.result(count(errors(), "error") + ", " + count(all.size() - errors(), "warning"));
        }

        ObjectNode json() {
            ObjectNode json = Json.object().put("errors", errors()).put("warnings", all.size() - errors());
            ArrayNode list = json.putArray("findings");
            all.forEach(each -> list.add(each.json()));
            return json;
        }

        private static String oneLine(String text) {
            return Terminal.harmless(text.replace('\n', ' '));
        }

        private static String count(long number, String what) {
            return number + " " + what + (number == 1 ? "" : "s");
        }
    }
}
