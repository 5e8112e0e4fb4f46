package io.weir.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.dispatch.Outcome.Kind;
import io.weir.http.RawHttp;
import io.weir.journal.JournalEntry;
import io.weir.wechat.codec.Refusal.Cause;
import io.weir.wechat.message.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the journal knows of requests that came over HTTP. */
@ExtendWith(VertxExtension.class)
class RequestJournalTest {
    @Test
    void writesDownEveryRequestToAnAccount(Vertx vertx) throws Exception {
        TestReceiver receiver = TestReceiver.start(vertx);
        String query = Forge.signedAnew();

        receiver.response(Forge.get("/wx/plain", Forge.signed() + "&echostr=1"));
        receiver.response(Forge.post("/wx/plain", query, Forge.CLICK));
        receiver.response(Forge.post("/wx/plain", query, Forge.CLICK));
        receiver.response(Forge.post("/wx/plain", query, Forge.CLICK.replace("[K]", "[forged]")));
        receiver.response(Forge.post("/wx/plain", "signature=1", Forge.CLICK));
        receiver.response(Forge.get("/wx/plain", "signature=1"));
        receiver.response(Forge.get("/wx/nobody", "signature=1"));

        List<JournalEntry> entries = receiver.journal.after(0, 100);
        assertThat(entries)
                .extracting(JournalEntry::kind)
                .containsExactly(Kind.VERIFIED, Kind.REPLY, Kind.STORED, Kind.REFUSED, Kind.REFUSED, Kind.REFUSED);
        assertThat(entries.get(3).refusal().orElseThrow().refusalCause()).isEqualTo(Cause.REPLAY);
        assertThat(entries.get(1).request().query()).isEqualTo(query);
        assertThat(entries.get(1).request().peer().toString()).startsWith("127.0.0.1:");
        assertThat(entries.get(1).at())
                .isBetween(Instant.ofEpochSecond(Forge.NOW - 10), Instant.ofEpochSecond(Forge.NOW));
        assertThat(entries.get(1).outcome().orElseThrow().text().orElseThrow()).contains(TestReceiver.ANSWERED);
    }

    @Test
    void knowsWhatBecameOfThoseThatNoHandlerAnswered(Vertx vertx) throws Exception {
        TestReceiver late = TestReceiver.start(vertx, delivery -> Future.future(never -> {}), Duration.ofMillis(100));
        TestReceiver failing =
                TestReceiver.start(vertx, delivery -> Future.failedFuture("broken"), Duration.ofSeconds(4));

        late.response(Forge.post("/wx/plain", Forge.signedAnew(), Forge.CLICK));
        failing.response(Forge.post("/wx/plain", Forge.signedAnew(), Forge.CLICK));

        assertThat(late.journal.newestFirst()).extracting(JournalEntry::kind).containsExactly(Kind.LATE);
        assertThat(failing.journal.newestFirst()).extracting(JournalEntry::kind).containsExactly(Kind.FAILED);
    }

    @Test
    void keepsAThousandOfAllThatComeOverOneConnection(Vertx vertx) throws Exception {
        TestReceiver receiver =
                TestReceiver.start(vertx, delivery -> Future.succeededFuture(Reply.NONE), Duration.ofSeconds(4));
        try (RawHttp http = receiver.connect()) {
            for (int i = 0; i < 1_200; i++) {
                http.send(Forge.post("/wx/plain", Forge.signedAnew(), Forge.CLICK.replace("[K]", "[" + i + "]")))
                        .response();
            }
        }

        assertThat(receiver.journal.size()).isEqualTo(1_000);
        assertThat(receiver.journal
                        .newestFirst()
                        .get(0)
                        .received()
                        .orElseThrow()
                        .push()
                        .answerKey())
                .hasValue("1199");
    }
}
