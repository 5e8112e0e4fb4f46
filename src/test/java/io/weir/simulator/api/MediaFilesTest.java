package io.weir.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.weir.simulator.api.ApiCall.CallAnswer;
import io.weir.simulator.platform.Materials;
import io.weir.simulator.platform.MediaKind;
import io.weir.simulator.platform.StoredMaterial.Article;
import java.util.List;
import org.junit.jupiter.api.Test;

class MediaFilesTest {
    private final Calls calls = new Calls(List.of());
    private final Materials materials = calls.account.materials();
    private final MediaFiles files = new MediaFiles(calls.platform);

    @Test
    void showsPermanentAndTemporaryFiles() {
        String temporary = materials.storeFromUser("image", Materials.picture("alice"));

        assertThat(files.file(temporary))
                .contains(new CallAnswer.Bytes("image/png", temporary + ".png", Materials.picture("alice")));
        assertThat(files.file("sample-image")).isPresent();
    }

    @Test
    void showsNewsAsAPage() {
        Article article = new Article("<b>1 & 2</b>", "Anna", "", "<script>alert(1)</script>", "", "", false);
        String id = materials.addNews(List.of(article, article));

        CallAnswer.Bytes page = files.file(id).orElseThrow();

        assertThat(page.contentType()).isEqualTo("text/html; charset=utf-8");
        assertThat(page.body().toString())
                .contains("<title>&lt;b&gt;1 &amp; 2&lt;/b&gt;</title>")
                .contains("&lt;script&gt;")
                .doesNotContain("<script>");
    }

    @Test
    void namesAFileByItsContentAndNotAsItsUploaderDid() {
        String id = materials.upload(MediaKind.IMAGE, "\"\r\nX: y.png", Materials.picture("a"));

        assertThat(files.file(id).orElseThrow().fileName()).isEqualTo(id + ".png");
    }

    @Test
    void showsWhatItDoesNotKnowAsBytesOnly() {
        String id = materials.storeFromUser("voice", Buffer.buffer("<html>"));

        assertThat(files.file(id).orElseThrow().contentType()).isEqualTo("application/octet-stream");
        assertThat(files.file(id).orElseThrow().fileName()).isEqualTo(id);
    }

    @Test
    void knowsNoOther() {
        assertThat(files.file("unknown")).isEmpty();
    }
}
