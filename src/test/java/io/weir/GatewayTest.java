package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.weir.command.ConfigFiles;
import io.weir.command.ConfiguredAccounts;
import io.weir.config.Environment;
import io.weir.http.Runtimes;
import io.weir.simulator.push.DeliveryAttempt;
import io.weir.simulator.push.DeliveryAttempt.AnswerReading;
import io.weir.simulator.push.DeliveryAttempt.DeliveryOutcome.Responded;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.PushOrder;
import io.weir.simulator.push.PushTemplate;
import io.weir.simulator.push.PushTemplates;
import io.weir.simulator.push.SimulatedAccount;
import io.weir.wechat.message.PushType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A whole gateway in this process, with an answer configured for every kind of push, whether it takes one or not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayTest {
    private static final List<String> MENU_EVENTS = List.of(
            "CLICK",
            "VIEW",
            "scancode_push",
            "scancode_waitmsg",
            "pic_sysphoto",
            "pic_photo_or_album",
            "pic_weixin",
            "location_select",
            "view_miniprogram");

    /** What WeChat shows a reply to: push-protocol.md §8. */
    private static final Set<String> ANSWERED = Set.of(
            "text",
            "image",
            "voice",
            "video",
            "shortvideo",
            "location",
            "link",
            "subscribe",
            "SCAN",
            "CLICK",
            "scancode_push",
            "scancode_waitmsg",
            "pic_sysphoto",
            "pic_photo_or_album",
            "pic_weixin",
            "location_select");

    private static final String ACCOUNT = """
              {mode}:
                appId: wx0a1b2c3d4e5f6071
                appSecret: "${WEIR_APP_SECRET}"
                token: "${WEIR_SAFE_TOKEN}"
                encodingAesKey: "${WEIR_AES_KEY}"
                mode: {mode}
            """;

    private final Vertx vertx = Runtimes.vertx();
    private final ConfigFiles files = new ConfigFiles(Environment.of(Secrets.ENVIRONMENT), Clock.systemUTC());
    private final Map<PushMode, WeChat> wechats = new EnumMap<>(PushMode.class);

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        Path configuration = Files.writeString(folder.resolve("weir.yaml"), accounts());
        Files.writeString(folder.resolve("replies.yaml"), answers());
        ConfigFiles.Loaded loaded = files.load(Optional.of(configuration));
        GatewayConfig config = loaded.require();
        Gateway gateway = WeChat.await(new Gateway(vertx, config, loaded.replies(), loaded.own()).start());
        URI base = URI.create("http://127.0.0.1:" + gateway.pushPort() + "/wx/");
        Stream.of(PushMode.values()).forEach(mode -> wechats.put(mode, wechat(configuration, base, mode)));
    }

    @AfterAll
    void stop() {
        wechats.values().forEach(WeChat::close);
        WeChat.await(vertx.close());
    }

    static Stream<Arguments> pushes() {
        List<String> types = PushTemplates.bundled().all().stream()
                .map(PushTemplate::wireName)
                .toList();
        return Stream.concat(types.stream(), Stream.of("event:not_invented_yet"))
                .flatMap(type -> Stream.of(PushMode.values()).map(mode -> Arguments.of(type, mode)));
    }

    @ParameterizedTest
    @MethodSource("pushes")
    void answersEveryKindInEveryModeAsItIsConfigured(String type, PushMode mode) {
        AnswerReading answer = push(type, mode);

        if (ANSWERED.contains(type)) {
            assertThat(answer.kind()).isEqualTo("text");
            assertThat(answer.verdict().text()).isEqualTo("answer to " + type);
            assertThat(answer.encrypted()).isEqualTo(mode != PushMode.PLAINTEXT);
        } else {
            assertThat(answer.clear()).isEqualTo("success");
        }
    }

    @Test
    void knowsAllNineMenuEvents() {
        assertThat(pushes().map(arguments -> arguments.get()[0])).containsAll(MENU_EVENTS);
    }

    private AnswerReading push(String type, PushMode mode) {
        WeChat wechat = Objects.requireNonNull(wechats.get(mode));
        DeliveryAttempt attempt = WeChat.await(wechat.push(PushOrder.of(type)));
        assertThat(attempt.accepted()).as("%s", attempt.outcome()).isTrue();
        return ((Responded) attempt.outcome()).reading();
    }

    private WeChat wechat(Path configuration, URI base, PushMode mode) {
        SimulatedAccount account = new ConfiguredAccounts(files)
                .find(Optional.of(configuration), Optional.of(mode.toString()))
                .in(mode);
        return new WeChat(account, base.resolve(mode.toString()));
    }

    private static String accounts() {
        return "push: { host: 127.0.0.1, port: 0 }\nadmin: { port: 0 }\naccounts:\n"
                + Stream.of(PushMode.values())
                        .map(mode -> ACCOUNT.replace("{mode}", mode.toString()))
                        .collect(Collectors.joining());
    }

    /** Also for the kinds that take no reply, which must not matter. */
    private static String answers() {
        return PushType.all().stream()
                .filter(type -> type != PushType.UNKNOWN)
                .map(type -> type + ": { default: { text: answer to " + type + " } }\n")
                .collect(Collectors.joining());
    }
}
