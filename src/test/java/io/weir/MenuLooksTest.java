package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.weir.cli.ExitCode;
import io.weir.simulator.platform.Follower;
import io.weir.simulator.platform.Follower.Client;
import io.weir.simulator.platform.Materials;
import io.weir.simulator.platform.MediaKind;
import io.weir.wechat.menu.MenuJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code weir menu pull}, {@code current} and {@code match} against a simulated WeChat. */
class MenuLooksTest {
    private static final String MENU = """
            {"button":[
              {"type":"click","name":"今日🎉","key":"NEWS: \\"今日\\" #1"},
              {"name":"更多","sub_button":[
                {"type":"view","name":"主页","url":"https://www.example.com/?a=1&b=2"},
                {"type":"click","name":"yes","key":"007"}]}]}""";
    private static final String OPEN_ID = "oAlice0123456789abcdefghijkl";

    @RegisterExtension
    final SimulatedShop shop = new SimulatedShop();

    private final String conf = shop.file(shop.configuration());

    @ParameterizedTest
    @ValueSource(strings = {"menu.yaml", "menu.json"})
    void whatIsPulledValidatesAndPlansToNothing(String name) {
        publish();
        String file = shop.folder().resolve(name).toString();

        CommandRun pull = run("pull", file);

        assertThat(pull.exitCode()).as(pull.err()).isEqualTo(ExitCode.DONE);
        assertThat(pull.out()).isEqualTo("wrote " + file + "\n");
        assertThat(run("validate", file).out()).contains("0 errors");
        assertThat(run("plan", file).exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void writesToStandardOutputWhatItReadsFromStandardInput() {
        publish();

        CommandRun yaml = run("pull", "-");
        CommandRun json = run("pull", "-", "--json");

        assertThat(yaml.out()).startsWith("button:");
        assertThat(json.json().getJsonArray("button")).isNotEmpty();
        assertThat(CommandRun.reading(yaml.out(), "menu", "plan", "-", "--conf", conf)
                        .exitCode())
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void namesTagsAndPersonalisedMenus() throws IOException {
        publish();
        String file = shop.folder().resolve("menu.yaml").toString();

        run("pull", file);

        assertThat(Files.readString(Path.of(file))).contains("  会员-android:\n", "      tag: 会员\n", "key: \"007\"");
    }

    @Test
    void overwritesOnlyWhenTold() throws IOException {
        publish();
        Path file = Files.writeString(shop.folder().resolve("menu.yaml"), "mine");

        CommandRun refused = run("pull", file.toString());
        String kept = Files.readString(file);
        CommandRun told = run("pull", file.toString(), "--yes");

        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err()).contains("is there already; --yes overwrites it");
        assertThat(kept).isEqualTo("mine");
        assertThat(told.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(file)).contains("button:");
    }

    @Test
    void saysWhenThereIsNothingToPull() {
        CommandRun pull = run("pull", shop.folder().resolve("menu.yaml").toString());

        assertThat(pull.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(pull.err()).contains("account shop has no menu; nothing was written");
        assertThat(shop.folder().resolve("menu.yaml")).doesNotExist();
    }

    @Test
    void pullsAWebsitesMenuWithItsMaterial() throws IOException {
        Buffer picture = Materials.picture("a");
        String image = exclusively(() -> shop.account().materials().upload(MediaKind.IMAGE, "a.png", picture));
        String link = shop.wechat().baseUri().resolve("/media/" + image).toString();
        website("""
                {"button":[
                  {"name":"更多","sub_button":[
                    {"type":"img","name":"图","value":"{image}"},
                    {"type":"photo","name":"旧图","value":"gone"},
                    {"type":"video","name":"片","value":"{link}"},
                    {"type":"voice","name":"声","value":"{image}"},
                    {"type":"news","name":"文","value":"sample-news","news_info":{"list":[]}}]},
                  {"type":"text","name":"客服","value":"第一行\\nsecond {line}\\u2028third"}]}""".replace("{image}", image).replace("{link}", link));
        Path file = shop.folder().resolve("menu.yaml");

        CommandRun pull = run("pull", file.toString(), "--json");

        assertThat(pull.exitCode()).as(pull.err()).isEqualTo(ExitCode.DONE);
        assertThat(pull.json().getJsonArray("written"))
                .containsExactly(
                        file.toString(),
                        shop.folder().resolve("menu-image-1.png").toString(),
                        shop.folder().resolve("menu-video-3.png").toString(),
                        shop.folder().resolve("menu-voice-4.png").toString());
        assertThat(Files.readAllBytes(shop.folder().resolve("menu-image-1.png")))
                .isEqualTo(picture.getBytes());
        assertThat(Files.readAllBytes(shop.folder().resolve("menu-video-3.png")))
                .isEqualTo(picture.getBytes());
        assertThat(pull.json().getJsonArray("notCarriedOver").toString())
                .contains("旧图", "could not be downloaded: 40007", "Store menu-voice-4.png as permanent material");
        String text = Files.readString(file);
        assertThat(text)
                .contains("image: \"menu-image-1.png\"", "media_id: sample-news", "key: PULLED_TEXT_1")
                .contains("#   CLICK: { PULLED_TEXT_1: { text: \"第一行\\nsecond {{line} third\" } }");
        String done = text.replaceAll("media_id: \"\"", "media_id: \"sample-news\"");
        Files.writeString(file, done);
        CommandRun validate = run("validate", file.toString());
        assertThat(validate.exitCode()).as(validate.out()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void materialOfOthersIsNotFetched() {
        website("{\"button\":[{\"type\":\"video\",\"name\":\"片\",\"value\":\"http://127.0.0.1:1/film.mp4\"}]}");

        CommandRun pull = run("pull", shop.folder().resolve("menu.yaml").toString());

        assertThat(pull.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(pull.err())
                .contains("It could not be downloaded: its link leads to 127.0.0.1, which is not WeChat's");
        assertThat(shop.folder().resolve("menu-video-1")).doesNotExist();
    }

    @Test
    void showsTheMenuAsATree() {
        publish();

        CommandRun current = run("current");

        assertThat(current.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(current.out()).isEqualTo("""
                menu of account shop (open)
                ├─ 今日🎉   click  NEWS: "今日" #1
                └─ 更多
                   ├─ 主页  view   https://www.example.com/?a=1&b=2
                   └─ yes   click  007
                """);
        assertThat(run("current", "--json").json().getJsonObject("menu").getJsonArray("button"))
                .hasSize(2);
    }

    @Test
    void saysOfAWebsitesMenuWhoMadeIt() {
        website("{\"button\":[{\"type\":\"text\",\"name\":\"客服\",\"value\":\"你好\\n再见\"}]}");

        CommandRun current = run("current");

        assertThat(current.out()).contains("└─ 客服  text  你好 再见");
        assertThat(current.err()).contains("made on WeChat's website");
    }

    @Test
    void saysWhenThereIsNoMenu() {
        assertThat(run("current").err()).contains("There is no menu.");
        assertThat(run("match", "--platform", "ios").out()).contains("by the rules: no menu");
    }

    @Test
    void matchesByTags() {
        publish();

        CommandRun android = run("match", "--tag", "会员", "--platform", "android");
        CommandRun ios = run("match", "--tag", "会员", "--platform", "ios", "--json");

        assertThat(android.out()).contains("tags 100, platform android", "by the rules: personalised menu", "└─ 会员");
        assertThat(android.out()).doesNotContain("trymatch");
        assertThat(ios.json().getJsonObject("local").containsKey("menuid")).isFalse();
        assertThat(ios.json().containsKey("trymatch")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "oAlice0123456789abcdefghijkl, android, both are the same, 0",
        "oAlice0123456789abcdefghijkl, , 'they differ as the platform is unknown: what WeChat tells is what android sees', 0",
        "oAlice0123456789abcdefghijkl, ios, 'they differ, and no platform explains it', 1",
        "alice, android, 'they differ, as the tags of a WeChat id cannot be asked for: give --tag, or the openid', 0"
    })
    void comparesWithWhatWeChatTells(String user, String platform, String conclusion, int exitCode) {
        publish();
        follower();

        CommandRun match =
                platform == null ? run("match", "--user", user) : run("match", "--user", user, "--platform", platform);

        assertThat(match.out()).contains("WeChat tells (trymatch): this menu", conclusion);
        assertThat(match.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void aWeChatIdWithItsTagsIsCompared() {
        publish();
        follower();

        CommandRun match = run("match", "--user", "alice", "--tag", "会员", "--platform", "android");

        assertThat(match.out()).contains("both are the same");
    }

    @Test
    void wrongOptionsAreUsage() {
        assertThat(run("match").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run("match", "--tag", "无").err()).contains("the account has no tag \"无\"; it has: none");
        assertThat(run("match", "--platform", "windows").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pull", "current", "match"})
    void helpHasExamples(String command) {
        CommandRun help = CommandRun.of("menu", command, "--help");

        assertThat(help.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(help.out()).contains("Examples:", "  weir menu " + command + " ", "--json", "--conf");
    }

    @Test
    void aUserThatDoesNotFollowIsExplained() {
        publish();

        CommandRun match = run("match", "--user", "oNobody123456789abcdefghijkl");

        assertThat(match.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(match.err()).contains("WeChat says 65302");
    }

    private CommandRun run(String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of("menu", command, "--conf", conf));
        all.addAll(List.of(arguments));
        return CommandRun.of(all.toArray(String[]::new));
    }

    /** A default menu, and one for Android with the tag. */
    private void publish() {
        exclusively(() -> {
            int tag = shop.account().tags().create("会员");
            shop.account().menus().create(Buffer.buffer(MENU));
            shop.account()
                    .menus()
                    .addConditional(Buffer.buffer(
                            "{\"button\":[{\"type\":\"view\",\"name\":\"会员\",\"url\":\"https://www.example.com/vip\"}],"
                                    + "\"matchrule\":{\"tag_id\":\"" + tag
                                    + "\",\"client_platform_type\":\"2\"}}"));
            return true;
        });
    }

    private void follower() {
        exclusively(() -> {
            shop.account()
                    .followers()
                    .put(Follower.of(OPEN_ID, "Alice").on(Client.ANDROID).tagged(100));
            return true;
        });
    }

    private void website(String menu) {
        ObjectNode made = MenuJson.parse(menu);
        exclusively(() -> {
            shop.account().menus().setByConsole(made);
            return true;
        });
    }

    private <T> T exclusively(Supplier<T> action) {
        return shop.wechat().platform().exclusively(action);
    }
}
