package io.weir.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.client.Json;
import io.weir.client.calls.QrCodeCalls;
import io.weir.client.calls.QrCodeCalls.QrCode;
import io.weir.client.calls.QrCodeCalls.Scene;
import io.weir.command.BaseCommand.WeChatCommand;
import io.weir.command.Commands.Group;
import io.weir.config.AccountConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir qr}: QR codes with a scene. */
@Command(
        name = "qr",
        header = "Make a QR code of an account that tells by its scene where it was scanned.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir qr create --scene door-7 --permanent --conf conf/weir.yaml",
            "  weir qr create --scene 4711 --expires 7d --conf conf/weir.yaml",
            "  weir qr create --help"
        },
        synopsisSubcommandLabel = "COMMAND")
final class QrCommand extends Group {
    private QrCommand() {}

    /** The group with its command. */
    static CommandLine line(Terminal terminal, ConfigFiles files) {
        return new CommandLine(new QrCommand()).addSubcommand(new CreateQrCode(terminal, files));
    }

    @Command(
            name = "create",
            header = "Make a QR code with a scene; prints its ticket, what it says, and the link to its picture.",
            description = {
                "",
                "Who does not follow and scans it causes subscribe with EventKey qrscene_SCENE, who follows causes",
                "SCAN with EventKey SCENE.",
                ""
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  weir qr create --scene door-7 --permanent --conf conf/weir.yaml",
                "  weir qr create --scene 4711 --expires 7d --conf conf/weir.yaml --json"
            },
            sortOptions = false)
    private static final class CreateQrCode extends WeChatCommand {
        private static final Pattern LIFE = Pattern.compile("([1-9][0-9]{0,6})([smhd]?)");
        private static final Map<String, Integer> SECONDS = Map.of("", 1, "s", 1, "m", 60, "h", 3_600, "d", 86_400);

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Option(
                names = "--scene",
                required = true,
                paramLabel = "SCENE",
                description =
                        "A number from 1 to 4294967295 (of a permanent code to 100000), or a text of 1 to 64 characters.")
        private String scene = "";

        @Option(names = "--text", description = "Take a scene of digits as a text, too.")
        private boolean text;

        @Option(names = "--permanent", description = "For ever; an account has 100,000 of these.")
        private boolean permanent;

        @Option(
                names = "--expires",
                paramLabel = "TIME",
                description = "How long it lives, as in 90s, 10m, 12h, 30d; 30d at most. Default: 30d.")
        private Optional<String> expires = Optional.empty();

        @Mixin
        private final ForceOption force = new ForceOption();

        CreateQrCode(Terminal terminal, ConfigFiles files) {
            super(terminal, files);
        }

        @Override
        public Integer call() {
            if (permanent && expires.isPresent()) {
                throw usage("--expires and --permanent exclude each other");
            }
            return withWeChat(force.given(), this::create);
        }

        private int create(WeChatSession session, AccountConfig account) {
            QrCode code = WeChatSession.await(order(new QrCodeCalls(session.client()), account.name()));
            URI picture = code.picture(session.config().wechat().baseUri());
            ObjectNode json = Json.object()
                    .put("scene", scene)
                    .put("ticket", code.ticket())
                    .put("url", code.url())
                    .put("picture", picture.toString());
            code.life().ifPresent(life -> json.put("expireSeconds", life.toSeconds()));
            print(json, () -> {
                terminal.result("ticket    " + Terminal.harmless(code.ticket()));
                terminal.result("says      " + Terminal.harmless(code.url()));
                terminal.result("picture   " + picture);
                terminal.result("lives     "
                        + code.life().map(life -> life.toSeconds() + " s").orElse("for ever"));
            });
            return ExitCode.DONE;
        }

        private Future<QrCode> order(QrCodeCalls calls, String account) {
            boolean number = !text && scene.matches("[0-9]{1,10}");
            try {
                Scene made = new Scene(scene, number);
                return permanent ? calls.permanent(account, made) : calls.temporary(account, made, life());
            } catch (IllegalArgumentException e) {
                throw usage("--scene: " + e.getMessage() + (number ? "; --text takes digits as a text" : ""));
            }
        }

        private Duration life() {
            Matcher given = LIFE.matcher(expires.orElse("30d"));
            if (!given.matches()) {
                throw usage("--expires: expected a time as in 90s, 10m, 12h or 30d, found " + expires.orElse(""));
            }
            Duration life =
                    Duration.ofSeconds(Long.parseLong(given.group(1)) * SECONDS.getOrDefault(given.group(2), 1));
            if (life.compareTo(Duration.ofDays(30)) > 0) {
                throw usage("--expires: 30d at most");
            }
            return life;
        }

        private ParameterException usage(String message) {
            return new ParameterException(spec.commandLine(), message);
        }
    }
}
