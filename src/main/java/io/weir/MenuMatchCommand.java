package io.weir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.cli.CommandException;
import io.weir.cli.CommonOptions;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.cli.Terminal.Colour;
import io.weir.client.Json;
import io.weir.client.WeChatException;
import io.weir.client.calls.MenuCalls;
import io.weir.client.calls.TagCalls;
import io.weir.config.AccountConfig;
import io.weir.menu.MenuSight;
import io.weir.menu.MenuTree;
import io.weir.menu.TagIds;
import io.weir.wechat.menu.ClientPlatform;
import io.weir.wechat.menu.LiveMenus;
import io.weir.wechat.menu.Menu;
import io.weir.wechat.menu.MenuJson;
import io.weir.wechat.menu.MenuMatcher.Match;
import io.weir.wechat.menu.MenuMatcher.Viewer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir menu match}: which menu somebody sees, reckoned and told. */
@Command(
        name = "match",
        header = "Show which of the live menus somebody sees: by the rules, and as WeChat tells (trymatch).",
        description = {
            "",
            "With --user WeChat is asked, and the tags of an openid too; the platform of a person cannot be asked for:",
            "give it with --platform where rules have one. Ends with 1 when WeChat tells what the rules do not explain.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir menu match --user OPENID --platform android --conf conf/weir.yaml",
            "  weir menu match --tag 会员 --platform ios --conf conf/weir.yaml",
            "  weir menu match --tag 100 --tag 102 --conf conf/weir.yaml    # in the order of tagging: the last decides"
        },
        sortOptions = false)
final class MenuMatchCommand implements Callable<Integer> {
    private static final int LONGEST_WECHAT_ID = 20;
    private static final int INVALID_OPENID = 40003;

    private final Terminal terminal;
    private final WeChatSessions sessions;

    @Option(names = "--user", paramLabel = "ID", description = "Openid or WeChat id of a follower.")
    private Optional<String> user = Optional.empty();

    @Option(names = "--tag", paramLabel = "TAG", description = "A tag by name or id; several in the order of tagging.")
    private List<String> tags = List.of();

    @Option(names = "--platform", paramLabel = "WHICH", description = "ios, android or others.")
    private Optional<ClientPlatform> platform = Optional.empty();

    @Mixin
    private final ForceOption force = new ForceOption();

    @Mixin
    private final CommonOptions options = new CommonOptions();

    MenuMatchCommand(Terminal terminal, WeChatSessions sessions) {
        this.terminal = terminal;
        this.sessions = sessions;
    }

    @Override
    public Integer call() {
        if (user.isEmpty() && tags.isEmpty() && platform.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "say who: --user ID, or --tag TAG and --platform WHICH");
        }
        return sessions.with(options, force.given(), this::match);
    }

    private int match(WeChatSession session, AccountConfig account) {
        MenuCalls menus = new MenuCalls(session.client());
        Viewer viewer =
                new Viewer(WeChatSession.await(tagIds(new TagCalls(session.client()), account.name())), platform);
        LiveMenus live = WeChatSession.await(menus.get(account.name()));
        Optional<Menu> told = user.flatMap(person -> WeChatSession.await(menus.tryMatch(account.name(), person)));
        MenuSight sight = new MenuSight(live, viewer, told, user.isPresent());
        if (options.json()) {
            terminal.result(json(sight).toPrettyString());
        } else {
            print(sight);
        }
        return sight.contradicts() ? ExitCode.FAILED : ExitCode.DONE;
    }

    /** Those given, else those of the openid: of a WeChat id they cannot be asked for. */
    private Future<List<String>> tagIds(TagCalls calls, String account) {
        if (tags.stream().allMatch(tag -> tag.matches("[0-9]+"))) {
            Optional<String> openId = user.filter(id -> tags.isEmpty() && id.length() > LONGEST_WECHAT_ID);
            return openId.map(id -> ofUser(calls, account, id)).orElseGet(() -> Future.succeededFuture(tags));
        }
        return TagIds.byName(calls, account)
                .map(known -> tags.stream().map(tag -> id(tag, known)).toList());
    }

    private static Future<List<String>> ofUser(TagCalls calls, String account, String openId) {
        return calls.ofUser(account, openId)
                .map(ids -> ids.stream().map(String::valueOf).toList())
                .recover(failure ->
                        isNoOpenId(failure) ? Future.succeededFuture(List.of()) : Future.failedFuture(failure));
    }

    private static boolean isNoOpenId(Throwable failure) {
        return failure instanceof WeChatException known
                && known.code().filter(code -> code.code() == INVALID_OPENID).isPresent();
    }

    private static String id(String tag, Map<String, String> known) {
        String id = tag.matches("[0-9]+") ? tag : known.getOrDefault(tag, "");
        if (id.isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "the account has no tag \"" + tag + "\"; it has: " + String.join(", ", known.keySet()));
        }
        return id;
    }

    private void print(MenuSight sight) {
        String tagList = sight.viewer().tags().isEmpty()
                ? "none"
                : String.join(", ", sight.viewer().tags());
        terminal.result("tags " + tagList + ", platform "
                + platform.map(ClientPlatform::name).orElse("unknown"));
        show(
                "by the rules: " + sight.reckoned().map(MenuMatchCommand::which).orElse("no menu"),
                sight.reckoned().map(Match::menu));
        if (!sight.asked()) {
            return;
        }
        show("WeChat tells (trymatch): " + (sight.told().isEmpty() ? "no menu" : "this menu"), sight.told());
        String fitting = String.join(
                " or ", sight.fittingPlatforms().stream().map(Enum::name).toList());
        if (sight.agrees()) {
            terminal.result(terminal.paint(Colour.GOOD, "both are the same"));
        } else if (fitting.isEmpty()) {
            terminal.result(terminal.paint(
                    Colour.BAD, "they differ, and no platform explains it: has a tag or a menu just changed?"));
        } else {
            terminal.result("they differ as the platform is unknown: what WeChat tells is what " + fitting + " sees");
        }
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

    private static ObjectNode json(MenuSight sight) {
        ObjectNode json = Json.object();
        sight.viewer().tags().forEach(json.putArray("tags")::add);
        sight.viewer().platform().ifPresent(known -> json.put("platform", known.code()));
        sight.reckoned().ifPresent(match -> {
            ObjectNode local = json.putObject("local");
            match.personalised().flatMap(menu -> menu.menuid()).ifPresent(id -> local.put("menuid", id));
            local.setAll(MenuJson.write(match.menu()));
        });
        if (sight.asked()) {
            sight.told().ifPresent(menu -> json.set("trymatch", MenuJson.write(menu)));
            json.put("same", sight.agrees());
            sight.fittingPlatforms().stream().map(Enum::name).forEach(json.putArray("fittingPlatforms")::add);
        }
        return json;
    }
}
