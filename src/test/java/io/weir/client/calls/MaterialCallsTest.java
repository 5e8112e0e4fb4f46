package io.weir.client.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.junit5.VertxExtension;
import io.weir.client.FakeApi;
import io.weir.client.Futures;
import io.weir.client.RawResponse.Media;
import io.weir.client.TestClient;
import io.weir.client.WeChatException.Kind;
import io.weir.client.calls.MaterialCalls.Material;
import io.weir.client.calls.MaterialCalls.MaterialType;
import io.weir.client.calls.MaterialCalls.Upload;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class MaterialCallsTest {
    private static final Buffer JPEG = Buffer.buffer(new byte[] {(byte) 0xFF, (byte) 0xD8, 13, 10, 45, 45, 0, 1});
    private static final Upload PICTURE = new Upload("图\"片.jpg", "image/jpeg", JPEG);

    private FakeApi api;
    private MaterialCalls calls;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        api = new FakeApi(vertx);
        calls = new MaterialCalls(new TestClient(vertx, api.uri()).client);
    }

    @Test
    void storesAnImage() throws Exception {
        api.answering("{\"media_id\":\"m1\",\"url\":\"http://mmbiz.qpic.cn/a\",\"item\":[]}");

        Material.Stored stored = Futures.get(calls.add("main", MaterialType.IMAGE, PICTURE));

        assertThat(stored).isEqualTo(new Material.Stored("m1", Optional.of("http://mmbiz.qpic.cn/a")));
        assertThat(api.only().path()).isEqualTo("/cgi-bin/material/add_material");
        assertThat(api.only().query()).endsWith("&type=image");
    }

    @Test
    void storesAVideoWithItsDescription() throws Exception {
        api.answering("{\"media_id\":\"m1\"}");

        Material.Stored stored = Futures.get(calls.addVideo("main", PICTURE, "标题", "简介"));

        assertThat(stored.url()).isEmpty();
        assertThat(api.only().query()).endsWith("&type=video");
        assertThat(api.only().body())
                .contains("name=\"description\"\r\n\r\n{\"title\":\"标题\",\"introduction\":\"简介\"}\r\n");
    }

    @Test
    void uploadsWhatAServerReadsAsAForm(Vertx vertx) throws Exception {
        Map<String, String> read = new ConcurrentHashMap<>();
        HttpServer server = vertx.createHttpServer().requestHandler(request -> readForm(request, read));
        int port = Futures.get(server.listen(0, "127.0.0.1")).actualPort();
        MaterialCalls uploading =
                new MaterialCalls(new TestClient(vertx, URI.create("http://127.0.0.1:" + port)).client);

        Futures.get(uploading.uploadTemporary("main", MaterialType.THUMB, PICTURE));

        assertThat(read)
                .containsEntry("name", "media")
                .containsEntry("contentType", "image/jpeg")
                .containsEntry("bytes", JPEG.toString("ISO-8859-1"))
                .containsEntry("transferEncoding", "none");
        assertThat(read.get("fileName")).contains("图");
    }

    private static void readForm(HttpServerRequest request, Map<String, String> read) {
        request.setExpectMultipart(true);
        read.put(
                "transferEncoding",
                Optional.ofNullable(request.getHeader("Transfer-Encoding")).orElse("none"));
        request.uploadHandler(upload -> {
            read.put("name", upload.name());
            read.put("fileName", upload.filename());
            read.put("contentType", upload.contentType());
            upload.handler(bytes -> read.merge("bytes", bytes.toString("ISO-8859-1"), String::concat));
        });
        request.endHandler(end ->
                FakeApi.json(request, "{\"type\":\"thumb\",\"thumb_media_id\":\"m1\",\"created_at\":1732000000}"));
    }

    @Test
    void storesATemporaryFile() throws Exception {
        api.answering("{\"type\":\"image\",\"media_id\":\"m1\",\"created_at\":\"1732000000\"}");

        assertThat(Futures.get(calls.uploadTemporary("main", MaterialType.IMAGE, PICTURE)))
                .isEqualTo(new Material.Temporary("image", "m1", Instant.ofEpochSecond(1_732_000_000)));
        assertThat(api.only().path()).isEqualTo("/cgi-bin/media/upload");
    }

    @Test
    void readsEachFormOfPermanentMaterial() throws Exception {
        api.answering(
                "{\"news_item\":[{\"title\":\"a\"},{\"title\":\"b\"}]}",
                "{\"title\":\"t\",\"description\":\"d\",\"down_url\":\"http://v.qq.com/a\"}");
        api.then(FakeApi.bytes(200, "image/jpeg", JPEG));

        assertThat(Futures.get(calls.get("main", "m1")))
                .isInstanceOfSatisfying(
                        Material.News.class, news -> assertThat(news.articles()).hasSize(2));
        assertThat(Futures.get(calls.get("main", "m1")))
                .isEqualTo(new Material.Video(Optional.of("t"), Optional.of("d"), URI.create("http://v.qq.com/a")));
        assertThat(Futures.get(calls.get("main", "m1")))
                .isEqualTo(new Material.File(new Media(JPEG, "image/jpeg", Optional.empty())));
        assertThat(api.received()).allSatisfy(each -> assertThat(each.body()).isEqualTo("{\"media_id\":\"m1\"}"));
    }

    @Test
    void readsEachFormOfTemporaryMaterial() throws Exception {
        api.then(request -> request.response()
                .putHeader("Content-Type", "audio/amr")
                .putHeader("Content-disposition", "attachment; filename=\"m1.amr\"")
                .end(JPEG));
        api.answering("{\"video_url\":\"http://v.qq.com/a\"}");

        assertThat(Futures.get(calls.getTemporary("main", "m 1")))
                .isEqualTo(new Material.File(new Media(JPEG, "audio/amr", Optional.of("m1.amr"))));
        assertThat(Futures.get(calls.getTemporary("main", "m 1")))
                .isEqualTo(new Material.Video(Optional.empty(), Optional.empty(), URI.create("http://v.qq.com/a")));
        assertThat(api.last().query()).endsWith("&media_id=m+1");
    }

    @Test
    void refusesWhatIsNoMaterial() throws Exception {
        api.answering("{\"errcode\":40007,\"errmsg\":\"invalid media_id\"}", "{}", "{\"down_url\":\"not a url\"}");

        assertThat(Futures.failure(calls.getTemporary("main", "m1"))
                        .code()
                        .orElseThrow()
                        .code())
                .isEqualTo(40007);
        assertThat(Futures.failure(calls.get("main", "m1")).kind()).isEqualTo(Kind.GARBAGE);
        assertThat(Futures.failure(calls.get("main", "m1")).kind()).isEqualTo(Kind.GARBAGE);
    }

    @Test
    void deletesCountsAndLists() throws Exception {
        api.answering(
                "{\"errcode\":0,\"errmsg\":\"ok\"}",
                "{\"voice_count\":1,\"video_count\":2,\"image_count\":3,\"news_count\":\"4\"}",
                "{\"total_count\":99,\"item_count\":1,\"item\":[{\"media_id\":\"m1\"}]}");

        Futures.get(calls.delete("main", "m1"));
        assertThat(Futures.get(calls.counts("main"))).isEqualTo(new Material.Counts(1, 2, 3, 4));
        Material.Page page = Futures.get(calls.list("main", MaterialType.NEWS, 20, 1));

        assertThat(page.total()).isEqualTo(99);
        assertThat(page.items()).hasSize(1);
        assertThat(api.received())
                .extracting(FakeApi.ReceivedRequest::path)
                .containsExactly(
                        "/cgi-bin/material/del_material",
                        "/cgi-bin/material/get_materialcount",
                        "/cgi-bin/material/batchget_material");
        assertThat(api.last().body()).isEqualTo("{\"type\":\"news\",\"offset\":20,\"count\":1}");
    }

    @Test
    void sendsNothingThatWeChatWouldNotTake() throws Exception {
        for (Future<?> call : new Future<?>[] {
            calls.list("main", MaterialType.IMAGE, 0, 21),
            calls.list("main", MaterialType.IMAGE, -1, 1),
            calls.list("main", MaterialType.THUMB, 0, 1),
            calls.add("main", MaterialType.VIDEO, PICTURE),
            calls.add("main", MaterialType.NEWS, PICTURE),
            calls.uploadTemporary("main", MaterialType.NEWS, PICTURE)
        }) {
            assertThat(Futures.cause(call)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(api.received()).isEmpty();
        assertThatThrownBy(() -> new Upload("a.jpg", "image/jpeg", Buffer.buffer()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Upload("a.jpg", "image/jpeg\r\nX: y", JPEG))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
