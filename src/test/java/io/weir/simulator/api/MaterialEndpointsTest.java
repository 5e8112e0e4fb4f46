package io.weir.simulator.api;

import static io.weir.simulator.api.Calls.field;
import static io.weir.simulator.api.Calls.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.api.ApiCall.CallAnswer;
import io.weir.simulator.platform.Materials;
import io.weir.simulator.platform.Refused;
import io.weir.simulator.platform.Uploads;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaterialEndpointsTest {
    private static final String ADD = "/cgi-bin/material/add_material";
    private static final String GET = "/cgi-bin/material/get_material";
    private static final String DELETE = "/cgi-bin/material/del_material";
    private static final String COUNT = "/cgi-bin/material/get_materialcount";
    private static final String LIST = "/cgi-bin/material/batchget_material";
    private static final String UPLOAD = "/cgi-bin/media/upload";
    private static final String DOWNLOAD = "/cgi-bin/media/get";
    private static final String DESCRIPTION = "{'title':'Tour','introduction':'2 min'}";

    private final Calls calls = new Calls(MaterialEndpoints.all());

    @Test
    void keepsAPictureAndTellsWhereItIs() {
        ObjectNode added = json(calls.upload(ADD, "image", "a.png", Materials.picture("a")));

        String id = added.path("media_id").textValue();
        assertThat(added.path("url").textValue()).isEqualTo("http://127.0.0.1:1234/media/" + id);
        assertThat(added.size()).isEqualTo(2);
        CallAnswer.Bytes bytes = (CallAnswer.Bytes) calls.post(GET, "{'media_id':'" + id + "'}");
        assertThat(bytes).isEqualTo(new CallAnswer.Bytes("image/png", id + ".png", Materials.picture("a")));
    }

    @Test
    void givesAPictureForArticlesAUrlAndCountsItAsNothing() {
        String url = json(calls.upload("/cgi-bin/media/uploadimg", "", "a.png", Materials.picture("a")))
                .path("url")
                .textValue();

        assertThat(new MediaFiles(calls.platform).file(url.substring(url.lastIndexOf('/') + 1)))
                .hasValueSatisfying(file -> assertThat(file.body()).isEqualTo(Materials.picture("a")));
        assertThat(json(calls.get(COUNT, Map.of())).path("image_count").asInt()).isOne();
        assertRefused(40009, () -> calls.upload("/cgi-bin/media/uploadimg", "", "a.jpg", Uploads.jpeg(1 << 20)));
        assertRefused(40005, () -> calls.upload("/cgi-bin/media/uploadimg", "", "a.gif", Uploads.file("47494638", 9)));
    }

    @Test
    void givesTheVoiceOfTheJsSdkAndNothingElse() {
        String voice = calls.account.materials().storeFromUser("voice", Uploads.amr(10));
        String image = calls.account.materials().storeFromUser("image", Materials.picture("a"));

        assertThat(((CallAnswer.Bytes) calls.get("/cgi-bin/media/get/jssdk", Map.of("media_id", voice))).body())
                .isEqualTo(Uploads.amr(10));
        assertRefused(40007, () -> calls.get("/cgi-bin/media/get/jssdk", Map.of("media_id", image)));
    }

    @Test
    void givesNoUrlForOtherTypes() {
        ObjectNode added = json(calls.upload(ADD, "voice", "a.amr", Uploads.amr(10)));

        assertThat(added.has("url")).isFalse();
        assertThat(added.path("media_id").isTextual()).isTrue();
    }

    @Test
    void tellsWhereToDownloadAVideo() {
        ObjectNode added =
                json(calls.upload(ADD, "video", "a.mp4", Uploads.mp4(100), field("description", DESCRIPTION)));

        String id = added.path("media_id").textValue();
        ObjectNode video = json(calls.post(GET, "{'media_id':'" + id + "'}"));

        assertThat(video)
                .isEqualTo(Calls.object(
                        "{'title':'Tour','description':'2 min','down_url':'http://127.0.0.1:1234/media/" + id + "'}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"47001 | {", "40035 | {'title':'Tour'}", "40035 | {'introduction':'2 min'}"})
    void refusesAVideoWithABadDescription(int errcode, String description) {
        assertRefused(
                errcode,
                () -> calls.upload(ADD, "video", "a.mp4", Uploads.mp4(100), field("description", description)));
    }

    @Test
    void refusesAVideoWithoutADescription() {
        assertRefused(40035, () -> calls.upload(ADD, "video", "a.mp4", Uploads.mp4(100)));
    }

    @Test
    void showsTheArticlesOfNews() {
        ObjectNode news = json(calls.post(GET, "{'media_id':'sample-news'}"));

        assertThat(news.path("news_item").size()).isOne();
        assertThat(news.at("/news_item/0/title").textValue()).isEqualTo("Sample article");
        assertThat(news.at("/news_item/0/url").textValue()).isEqualTo("http://127.0.0.1:1234/media/sample-news");
        assertThat(news.at("/news_item/0/show_cover_pic").intValue()).isOne();
    }

    @Test
    void deletes() {
        assertThat(calls.post(DELETE, "{'media_id':'sample-news'}")).isEqualTo(CallAnswer.ok());

        assertRefused(40007, () -> calls.post(DELETE, "{'media_id':'sample-news'}"));
        assertRefused(40007, () -> calls.post(GET, "{'media_id':'sample-news'}"));
    }

    @Test
    void counts() {
        calls.upload(ADD, "voice", "a.amr", Uploads.amr(10));
        calls.upload(UPLOAD, "voice", "a.amr", Uploads.amr(10));

        assertThat(json(calls.get(COUNT, Map.of())))
                .isEqualTo(Calls.object("{'voice_count':1,'video_count':0,'image_count':1,'news_count':1}"));
    }

    @Test
    void listsAPage() {
        calls.upload(ADD, "image", "second.png", Materials.picture("a"));
        calls.upload(ADD, "image", "third.png", Materials.picture("a"));

        ObjectNode page = json(calls.post(LIST, "{'type':'image','offset':1,'count':2}"));

        assertThat(page.path("total_count").intValue()).isEqualTo(3);
        assertThat(page.path("item_count").intValue()).isEqualTo(2);
        assertThat(page.at("/item/0/name").textValue()).isEqualTo("second.png");
        assertThat(page.path("item").path(1))
                .isEqualTo(Calls.object("{'media_id':'sample-image','name':'sample.png',"
                        + "'url':'http://127.0.0.1:1234/media/sample-image','update_time':1732089600}"));
    }

    @Test
    void listsNewsWithTheirArticles() {
        ObjectNode page = json(calls.post(LIST, "{'type':'news','offset':0,'count':20}"));

        assertThat(page.at("/item/0/media_id").textValue()).isEqualTo("sample-news");
        assertThat(page.at("/item/0/content/news_item/0/title").textValue()).isEqualTo("Sample article");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "40004 | {'type':'thumb','offset':0,'count':1}",
                "40004 | {'offset':0,'count':1}",
                "40035 | {'type':'image','offset':0,'count':0}",
                "40035 | {'type':'image','offset':0,'count':21}",
                "40035 | {'type':'image','offset':-1,'count':1}",
                "40035 | {'type':'image','count':1}"
            })
    void refusesAnotherPage(int errcode, String order) {
        assertRefused(errcode, () -> calls.post(LIST, order));
    }

    @Test
    void keepsAnUploadAndGivesItBack() {
        ObjectNode uploaded = json(calls.upload(UPLOAD, "thumb", "a.jpg", Uploads.jpeg(100)));

        String id = uploaded.path("media_id").textValue();
        assertThat(uploaded)
                .isEqualTo(Calls.object("{'type':'thumb','media_id':'" + id + "','created_at':1732089600}"));
        assertThat(calls.get(DOWNLOAD, Map.of("media_id", id)))
                .isEqualTo(new CallAnswer.Bytes("image/jpeg", id + ".jpg", Uploads.jpeg(100)));
    }

    @Test
    void tellsWhereToFindATemporaryVideo() {
        String id = json(calls.upload(UPLOAD, "video", "a.mp4", Uploads.mp4(100)))
                .path("media_id")
                .textValue();

        assertThat(json(calls.get(DOWNLOAD, Map.of("media_id", id))))
                .isEqualTo(Calls.object("{'video_url':'http://127.0.0.1:1234/media/" + id + "'}"));
    }

    @Test
    void refusesAnUnknownMediaId() {
        assertRefused(40007, () -> calls.get(DOWNLOAD, Map.of("media_id", "unknown")));
        assertRefused(40007, () -> calls.get(DOWNLOAD, Map.of()));
        assertRefused(40007, () -> calls.post(GET, "{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {ADD, UPLOAD})
    void refusesWhatIsNoUpload(String path) {
        assertRefused(40004, () -> calls.upload(path, "news", "a.png", Materials.picture("a")));
        assertRefused(40004, () -> calls.call(path, Map.of(), "", List.of()));
        assertRefused(44002, () -> calls.call(path, Map.of("type", "image"), "", List.of()));
        assertRefused(40005, () -> calls.upload(path, "image", "a.jpg", Materials.picture("a")));
        assertRefused(40009, () -> calls.upload(path, "thumb", "a.jpg", Uploads.jpeg((64 << 10) + 1)));
    }

    @ParameterizedTest
    @CsvSource({
        ADD + ", POST",
        GET + ", POST",
        DELETE + ", POST",
        COUNT + ", GET",
        LIST + ", POST",
        UPLOAD + ", POST",
        DOWNLOAD + ", GET"
    })
    void isForAllAccounts(String path, ApiCall.Method method) {
        assertThat(calls.line(path).method()).isEqualTo(method);
        assertThat(calls.line(path).permitted())
                .accepts(calls.account.registration().verified(false));
    }

    private static void assertRefused(int errcode, ThrowingCallable call) {
        Refused refused = catchThrowableOfType(Refused.class, call);
        assertThat(refused).as("is refused with " + errcode).isNotNull();
        assertThat(refused.errcode()).isEqualTo(errcode);
    }
}
