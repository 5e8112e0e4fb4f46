package io.weir.command;

import io.weir.cli.CommandException;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.cli.Terminal.Colour;
import io.weir.command.BaseCommand.ForceOption;
import io.weir.command.BaseCommand.WeChatCommand;
import io.weir.config.AccountConfig;
import io.weir.menu.file.MenuTree;
import io.weir.menu.file.TagIds.UnknownTagException;
import io.weir.menu.http.MenuViews;
import io.weir.menu.publish.MenuPreviews;
import io.weir.menu.publish.MenuPreviews.MenuPreview;
import io.weir.menu.publish.MenuPreviews.MenuViewer;
import io.weir.wechat.menu.MatchRule.ClientPlatform;
import io.weir.wechat.menu.Menu;
import io.weir.wechat.menu.MenuJson;
import io.weir.wechat.menu.MenuMatcher.Match;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir menu match}: which menu somebody sees, reckoned and told. */
@Command(
        name = "match",
        header = "Show which live menu a user sees: by the rules, and according to WeChat (trymatch).",
        description = {
            "",
            "With --user Weir asks WeChat, and for an openid the user's tags too. WeChat tells nobody's",
            "platform: if rules use one, give it with --platform. Ends with 1 when WeChat's answer contradicts",
            "the rules.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir menu match --user OPENID --platform android --conf conf/weir.yaml",
            "  weir menu match --tag 会员 --platform ios --conf conf/weir.yaml",
            "  weir menu match --tag 100 --tag 102 --conf conf/weir.yaml   # in the order of tagging"
        },
        sortOptions = false)
final class MenuMatchCommand extends WeChatCommand {
    @Option(names = "--user", paramLabel = "ID", description = "Openid or WeChat id of a follower.")
    private Optional<String> user = Optional.empty();

    @Option(names = "--tag", paramLabel = "TAG", description = "A tag by name or id; several in the order of tagging.")
    private List<String> tags = List.of();

    @Option(names = "--platform", paramLabel = "WHICH", description = "ios, android or others.")
    private Optional<ClientPlatform> platform = Optional.empty();

    @Mixin
    private final ForceOption force = new ForceOption();

    MenuMatchCommand(Terminal terminal, ConfigFiles files) {
        super(terminal, files);
    }

    @Override
    public Integer call() {
        MenuViewer person = new MenuViewer(user, tags, platform);
        if (person.isNobody()) {
            throw new CommandException(ExitCode.USAGE, "say who: --user ID, or --tag TAG and --platform WHICH");
        }
        return withWeChat(force.given(), (session, account) -> match(session, account, person));
    }

    private int match(WeChatSession session, AccountConfig account, MenuViewer person) {
        MenuPreview sight = sight(session, account, person);
        if (asJson) {
            terminal.result(MenuViews.sight(sight).toPrettyString());
        } else {
            print(sight);
        }
        return sight.contradicts() ? ExitCode.FAILED : ExitCode.DONE;
    }

    private static MenuPreview sight(WeChatSession session, AccountConfig account, MenuViewer person) {
        try {
            return WeChatSession.await(new MenuPreviews(session.client()).of(account.name(), person));
        } catch (UnknownTagException unknown) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(unknown.getMessage()));
        }
    }

    private void print(MenuPreview sight) {
        terminal.result("tags " + tagList(sight) + ", platform "
                + platform.map(MenuMatchCommand::word).orElse("unknown"));
        show(
                "by the rules: " + sight.reckoned().map(MenuMatchCommand::which).orElse("no menu"),
                sight.reckoned().map(Match::menu));
        if (!sight.asked()) {
            return;
        }
        show("WeChat tells (trymatch): " + (sight.told().isEmpty() ? "no menu" : "this menu"), sight.told());
        compare(sight);
    }

    private void compare(MenuPreview sight) {
        String fitting = String.join(
                " or ",
                sight.fittingPlatforms().stream().map(MenuMatchCommand::word).toList());
        if (sight.agrees()) {
            terminal.result(terminal.paint(Colour.GOOD, "both are the same"));
        } else if (!sight.tagsKnown()) {
            terminal.result("they differ, as the tags of a WeChat id cannot be asked for: give --tag, or the openid");
        } else if (fitting.isEmpty()) {
            terminal.result(terminal.paint(
                    Colour.BAD, "they differ, and no platform explains it: has a tag or a menu just changed?"));
        } else {
            terminal.result("they differ as the platform is unknown: what WeChat tells is what " + fitting + " sees");
        }
    }

    private static String tagList(MenuPreview sight) {
        if (!sight.tagsKnown()) {
            return "unknown";
        }
        return sight.viewer().tags().isEmpty()
                ? "none"
                : String.join(", ", sight.viewer().tags());
    }

    private static String word(ClientPlatform platform) {
        return platform.name().toLowerCase(Locale.ROOT);
    }

    private void show(String title, Optional<Menu> menu) {
        terminal.result(terminal.paint(Colour.STRONG, title));
        menu.map(MenuTree::of)
                .map(new MenuTree(terminal)::lines)
                .orElse(List.of())
                .forEach(terminal::result);
    }

    private static String which(Match match) {
        return match.personalised()
                .map(menu -> "personalised menu " + menu.menuid().orElse("") + " "
                        + MenuJson.text(MenuJson.write(menu.matchRule())))
                .orElse("the default menu");
    }
}
