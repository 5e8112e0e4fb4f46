package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.WeirExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the control API refuses of people and push URLs: each time in one sentence, never as a fault of its own. */
class PeopleControlsTest {
    @RegisterExtension
    static final WeirExtension WEIR = WeirExtension.create();

    private static final String ACCOUNT = "/control/v1/accounts/dev";
    private static final String ALICE = ACCOUNT + "/people/oAlice";

    @ParameterizedTest
    @ValueSource(
            strings = {"httpx://h/x", "http://127.0.0.1:99999/x", "http:/x", "foo", "http://h/x#y", "http://h/x y"})
    void refusesAUrlThatNothingCanBeSentTo(String url) throws Exception {
        assertThat(send("PUT", ACCOUNT + "/url", "{\"url\":\"" + url + "\"}").statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT  |          | {'tags':'x'}                              | tags",
                "PUT  |          | {'tags':['a']}                            | tags",
                "POST | /taps    | {'button':'V1001_SUNCK','place':5}        | place",
                "POST | /pushes  | {'type':'text','fields':[1]}              | fields",
                "POST | /follows | {'scnee':'door'}                          | scnee",
                "POST | /leaves  | {'x':1}                                   | x",
                "POST | /pictures| {'x':1}                                   | x"
            })
    void namesTheFieldThatIsWrong(String method, String action, String body, String field) throws Exception {
        send("PUT", ALICE, "{}");

        HttpResponse<String> answer = send(method, ALICE + (action == null ? "" : action), body.replace('\'', '"'));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(field);
    }

    @Test
    void whoHasLeftCannotTap() throws Exception {
        send("PUT", ALICE, "{\"subscribed\":false}");

        HttpResponse<String> answer = send("POST", ALICE + "/taps", "{\"button\":\"V1001_SUNCK\"}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("does not follow");
    }

    private static HttpResponse<String> send(String method, String path, String body) throws Exception {
        URI uri = WEIR.wechat().baseUri().resolve(path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(20))
                .method(method, BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
