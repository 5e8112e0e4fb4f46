package io.weir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.weir.cli.CommandException;
import io.weir.cli.CommonOptions;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.client.Json;
import io.weir.client.calls.Material;
import io.weir.client.calls.MaterialCalls;
import io.weir.client.calls.MenuCalls;
import io.weir.client.calls.TagCalls;
import io.weir.config.AccountConfig;
import io.weir.menu.PulledMenus;
import io.weir.menu.TagIds;
import io.weir.wechat.menu.LiveMenus;
import io.weir.wechat.menu.SelfMenu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir menu pull}: a menu file of what is live. */
@Command(
        name = "pull",
        header = "Write a menu file of what is live, also of a menu that was made on WeChat's website.",
        description = {
            "",
            "Of a website's menu the temporary pictures, voices and videos are stored beside the file; what cannot be",
            "carried over is said, and stands as comments at the top of a YAML file.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir menu pull --conf conf/weir.yaml                # writes menu.yaml",
            "  weir menu pull menu.json --conf conf/weir.yaml",
            "  weir menu pull menu.yaml --yes --conf conf/weir.yaml   # overwrites it"
        },
        sortOptions = false)
final class MenuPullCommand implements Callable<Integer> {
    private static final int MAX_BYTES = 12 << 20;

    private final Terminal terminal;
    private final WeChatSessions sessions;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "JSON if it ends so, else YAML. Default: menu.yaml.")
    private Path file = Path.of("menu.yaml");

    @Option(names = "--yes", description = "Overwrite the file, and material beside it.")
    private boolean yes;

    @Option(names = "--legacy", description = "Keep personalised menus with withdrawn fields, which match nobody.")
    private boolean legacy;

    @Mixin
    private final ForceOption force = new ForceOption();

    @Mixin
    private final CommonOptions options = new CommonOptions();

    MenuPullCommand(Terminal terminal, WeChatSessions sessions) {
        this.terminal = terminal;
        this.sessions = sessions;
    }

    @Override
    public Integer call() {
        refuseToOverwrite(file);
        return sessions.with(options, force.given(), this::pull);
    }

    private int pull(WeChatSession session, AccountConfig account) {
        PulledMenus pulled = pulled(session, account);
        List<String> remarks = new ArrayList<>(pulled.remarks());
        List<Path> written = new ArrayList<>();
        for (PulledMenus.Download each : pulled.downloads()) {
            try {
                Buffer bytes = WeChatSession.await(bytes(session, account, each));
                written.add(write(file.resolveSibling(each.fileName()), bytes.getBytes()));
            } catch (CommandException overwriting) {
                throw overwriting;
            } catch (RuntimeException failure) {
                remarks.add(
                        "the material of \"" + each.button() + "\" could not be downloaded: " + failure.getMessage());
            }
        }
        boolean asJson = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
        String text = new PulledMenus(pulled.tree(), pulled.downloads(), remarks).text(asJson);
        written.add(0, write(file, text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        show(account, written, remarks);
        return ExitCode.DONE;
    }

    private PulledMenus pulled(WeChatSession session, AccountConfig account) {
        MenuCalls menus = new MenuCalls(session.client());
        LiveMenus live = WeChatSession.await(menus.get(account.name()));
        if (!live.isEmpty()) {
            return PulledMenus.of(live, tagNames(session, account, live), legacy);
        }
        SelfMenu website = WeChatSession.await(menus.currentSelfMenuInfo(account.name()));
        if (website.buttons().isEmpty() || !website.isOpen()) {
            throw new CommandException(
                    ExitCode.FAILED, "account " + account.name() + " has no menu; nothing was written");
        }
        return PulledMenus.of(website);
    }

    private static Map<String, String> tagNames(WeChatSession session, AccountConfig account, LiveMenus live) {
        Map<String, String> names = new LinkedHashMap<>();
        if (live.conditional().stream()
                .anyMatch(menu -> menu.matchRule().tagId().isPresent())) {
            WeChatSession.await(TagIds.byName(new TagCalls(session.client()), account.name()))
                    .forEach((name, id) -> names.put(id, name));
        }
        return names;
    }

    private static Future<Buffer> bytes(WeChatSession session, AccountConfig account, PulledMenus.Download wanted) {
        if (wanted.isLink()) {
            return download(session, wanted.mediaId());
        }
        return new MaterialCalls(session.client())
                .getTemporary(account.name(), wanted.mediaId())
                .compose(material -> material instanceof Material.File found
                        ? Future.succeededFuture(found.media().bytes())
                        : Future.failedFuture(new IllegalStateException("it is no file")));
    }

    private static Future<Buffer> download(WeChatSession session, String link) {
        RequestOptions get = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(link)
                .setTimeout(10_000);
        return session.vertx()
                .createHttpClient()
                .request(get)
                .compose(request -> request.send().compose(response -> response.body()))
                .compose(body -> body.length() > 0 && body.length() <= MAX_BYTES
                        ? Future.succeededFuture(body)
                        : Future.failedFuture(new IllegalStateException("it has " + body.length() + " bytes")));
    }

    private Path write(Path path, byte[] bytes) {
        refuseToOverwrite(path);
        try {
            return Files.write(path, bytes);
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILED, path + " cannot be written: " + e.getMessage());
        }
    }

    private void refuseToOverwrite(Path path) {
        if (Files.exists(path) && !yes) {
            throw new CommandException(ExitCode.FAILED, path + " is there already; --yes overwrites it");
        }
    }

    private void show(AccountConfig account, List<Path> written, List<String> remarks) {
        if (options.json()) {
            ObjectNode json = Json.object().put("account", account.name());
            written.stream().map(Path::toString).forEach(json.putArray("written")::add);
            remarks.forEach(json.putArray("notCarriedOver")::add);
            terminal.result(json.toPrettyString());
            return;
        }
        written.forEach(path -> terminal.result("wrote " + Terminal.harmless(path.toString())));
        remarks.forEach(remark -> terminal.talk("note: " + Terminal.harmless(remark)));
    }
}
