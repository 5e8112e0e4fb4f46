package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.weir.cli.ExitCode;
import io.weir.simulator.platform.Follower;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code weir tags} and {@code weir qr} against a simulated WeChat. */
class TagCommandsTest {
    @RegisterExtension
    final SimulatedShop shop = new SimulatedShop();

    @SuppressWarnings("NullAway.Init") // set before each test
    private String file;

    @BeforeEach
    void write() {
        file = shop.file(shop.configuration());
    }

    @Test
    void makesRenamesListsAndDeletesTags() {
        assertThat(run("tags", "create", "会员").out()).isEqualTo("made tag 会员, id 100\n");
        run("tags", "create", "101");
        assertThat(run("tags", "update", "会员", "贵宾").out()).isEqualTo("renamed tag 贵宾, id 100\n");

        assertThat(run("tags", "list").out()).isEqualTo("""
                ID    FOLLOWERS   NAME
                100   0           贵宾
                101   0           101
                """);
        assertThat(run("tags", "delete", "100", "--yes").out()).isEqualTo("deleted tag 贵宾, id 100\n");
        assertThat(new JsonObject(run("tags", "list", "--json").out()).getJsonArray("tags"))
                .isEqualTo(new JsonArray()
                        .add(new JsonObject().put("id", 101).put("name", "101").put("followers", 0)));
    }

    @Test
    void tagsMoreUsersThanOneCallTakes() {
        List<String> openIds =
                IntStream.range(0, 51).mapToObj(number -> "oUser" + number).toList();
        openIds.forEach(openId -> shop.account().followers().put(Follower.of(openId, openId)));
        run("tags", "create", "VIP");

        List<String> tag = new ArrayList<>(List.of("tags", "tag", "VIP"));
        tag.addAll(openIds);
        assertThat(run(tag.toArray(String[]::new)).out()).isEqualTo("51 users tagged with VIP\n");
        assertThat(run("tags", "untag", "VIP", "oUser0").out()).isEqualTo("1 user no longer tagged with VIP\n");

        assertThat(run("tags", "members", "VIP").out().lines())
                .hasSize(50)
                .first()
                .isEqualTo("oUser1");
        assertThat(shop.calls("/cgi-bin/tags/members/batchtagging")).isEqualTo(2);
    }

    @Test
    void namesTheTagsThereAreAndAsksBeforeDeleting() {
        run("tags", "create", "VIP");

        CommandRun unknown = CommandRun.of("tags", "members", "VPI", "--conf", file);
        CommandRun asking = CommandRun.of("tags", "delete", "VIP", "--conf", file);

        assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.err()).contains("there is no tag VPI; there are: VIP");
        assertThat(asking.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(asking.err()).contains("--yes");
        assertThat(shop.account().tags().list()).hasSize(1);
    }

    @Test
    void makesACodeThatAPersonScans() throws Exception {
        JsonObject code = new JsonObject(run("qr", "create", "--scene", "door-7", "--permanent", "--json")
                .out());
        assertThat(code.getString("picture")).startsWith(shop.wechat().baseUri() + "/cgi-bin/showqrcode?ticket=");
        HttpRequest picture =
                HttpRequest.newBuilder(URI.create(code.getString("picture"))).build();
        assertThat(HttpClient.newHttpClient()
                        .send(picture, BodyHandlers.ofByteArray())
                        .statusCode())
                .isEqualTo(200);

        String temporary =
                run("qr", "create", "--scene", "4711", "--expires", "2m").out();

        assertThat(temporary).contains("lives     120 s", "says      http://weixin.qq.com/q/");
        assertThat(shop.account().qrCodes().all())
                .extracting(made -> made.scene().number())
                .containsExactly(false, true);
    }

    @Test
    void refusesWhatIsNoSceneOrNoTime() {
        assertUsage("0 is refused", "1 to 4294967295", "qr", "create", "--scene", "0");
        assertUsage("digits that are no number", "--text takes digits as a text", "qr", "create", "--scene", "042");
        assertUsage("31d", "30d at most", "qr", "create", "--scene", "1", "--expires", "31d");
        assertUsage("a word", "expected a time", "qr", "create", "--scene", "1", "--expires", "soon");
        assertUsage("both", "exclude each other", "qr", "create", "--scene", "1", "--expires", "1d", "--permanent");
    }

    private void assertUsage(String why, String expected, String... arguments) {
        CommandRun wrong = CommandRun.of(withFile(arguments));
        assertThat(wrong.exitCode()).as(why).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains(expected);
    }

    private CommandRun run(String... arguments) {
        CommandRun run = CommandRun.of(withFile(arguments));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        return run;
    }

    private String[] withFile(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--conf", file));
        return all.toArray(String[]::new);
    }
}
