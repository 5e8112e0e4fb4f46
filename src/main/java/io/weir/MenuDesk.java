package io.weir;

import io.weir.cli.CommandException;
import io.weir.cli.CommonOptions;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.client.calls.TagCalls;
import io.weir.config.AccountConfig;
import io.weir.menu.AnswersCheck;
import io.weir.menu.MenuChanges;
import io.weir.menu.MenuCheck;
import io.weir.menu.MenuFile;
import io.weir.menu.MenuFileReader;
import io.weir.menu.MenuFinding;
import io.weir.menu.MenuImages;
import io.weir.menu.TagIds;
import io.weir.menu.WantedMenus;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** What the commands that plan and change menus work with. Blocks. */
final class MenuDesk {
    private static final String BACKUPS = "menu-backups";

    private final Terminal terminal;
    private final ConfigFiles files;
    private final WeChatSessions sessions;

    MenuDesk(Terminal terminal, ConfigFiles files, WeChatSessions sessions) {
        this.terminal = terminal;
        this.files = files;
        this.sessions = sessions;
    }

    /** The account that the options name, and the ways to its menus. */
    record Account(WeChatSession session, AccountConfig config, MenuChanges changes, MenuImages images) {}

    /** Lets a command work; what it has opened is closed afterwards. */
    int with(CommonOptions options, ToIntFunction<Account> work) {
        return sessions.with(options, false, (session, account) -> {
            Optional<RedisLink> redis = session.config()
                    .redis()
                    .map(configured -> RedisLink.open(session.vertx(), configured, RedisLimits.DEFAULT));
            try {
                return work.applyAsInt(account(options, session, account, redis));
            } finally {
                redis.ifPresent(RedisLink::close);
            }
        });
    }

    private static Account account(
            CommonOptions options, WeChatSession session, AccountConfig account, Optional<RedisLink> redis) {
        Path folder = options.conf().map(conf -> conf.resolveSibling(BACKUPS)).orElse(Path.of(BACKUPS));
        return new Account(
                session,
                account,
                MenuChanges.create(session.vertx(), session.client(), redis, folder, Clock.systemUTC()),
                MenuImages.create(session.vertx(), session.client(), redis, folder));
    }

    /**
     * A menu file without errors.
     *
     * @throws CommandException where it has some; they are printed
     */
    MenuFile require(Path file, CommonOptions options, AccountConfig account) {
        MenuFileReader.Reading reading = MenuFiles.read(file);
        ConfigFiles.Loaded loaded = files.load(options.conf());
        AnswersCheck answers = new AnswersCheck(
                loaded.replies().of(account.name()), loaded.own().types());
        List<MenuFinding> all = new ArrayList<>(reading.findings());
        reading.file().ifPresent(menus -> all.addAll(new MenuCheck(false, answers).check(menus)));
        refuse(all.stream().filter(MenuFinding::isError).toList());
        return reading.file().orElseThrow(() -> new CommandException(ExitCode.BAD_DATA, "no menus in " + file));
    }

    /** What a file wants of the account, with the ids of the account's tags. */
    WantedMenus wanted(MenuFile file, Account account, Map<String, String> mediaIds) {
        Map<String, String> tags = file.tagNames().isEmpty()
                ? Map.of()
                : WeChatSession.await(TagIds.byName(
                        new TagCalls(account.session().client()),
                        account.config().name()));
        refuse(file.unknownTags(tags));
        return file.wanted(tags, mediaIds);
    }

    private void refuse(List<MenuFinding> errors) {
        errors.forEach(error -> terminal.talk(Terminal.harmless(error.where() + error.what())));
        if (!errors.isEmpty()) {
            throw new CommandException(
                    ExitCode.BAD_DATA, "the menu file has errors; nothing was asked of WeChat's menus");
        }
    }

    /**
     * Whether the person at the terminal agrees.
     *
     * @throws CommandException where there is nobody to ask
     */
    boolean agreed(boolean yes, String question) {
        return yes
                || terminal.ask(question + " [y/N] ")
                        .map(answer -> answer.strip().toLowerCase(Locale.ROOT))
                        .map(answer -> answer.equals("y") || answer.equals("yes"))
                        .orElseThrow(() -> new CommandException(
                                ExitCode.USAGE,
                                "there is no terminal to ask at: say --yes to do it; nothing was done"));
    }
}
