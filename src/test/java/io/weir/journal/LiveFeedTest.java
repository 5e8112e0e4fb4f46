package io.weir.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.admin.AdminConfig;
import io.weir.admin.AdminVerticle;
import io.weir.admin.AuditLog;
import io.weir.admin.Sessions;
import io.weir.admin.TestAdmin;
import io.weir.dispatch.Attempt;
import io.weir.http.OverloadRefusals;
import io.weir.http.api.Access;
import io.weir.http.api.ApiRoute;
import io.weir.journal.RecentStream.Line;
import io.weir.redis.Await;
import io.weir.wechat.message.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class LiveFeedTest {
    private static final LiveFeed.Pace PACE =
            new LiveFeed.Pace(Duration.ofMillis(5), Duration.ofMillis(60), Duration.ofMillis(300));

    private final TestJournal console = new TestJournal();
    private final Sessions sessions =
            new Sessions(new AdminConfig("127.0.0.1", 0, Optional.of(TestAdmin.TOKEN)), bytes -> {}, console.clock);
    private int port;
    private final List<Stream> streams = new ArrayList<>();
    private String credentials = "Authorization: Bearer " + TestAdmin.TOKEN.reveal() + "\r\n";
    private LiveFeed feed;
    private String path = "/live-feed";
    private final ToldByOthers others = new ToldByOthers();

    /** What another instance has told. */
    private static final class ToldByOthers implements LiveFeed.Others {
        private final List<Line> lines = new CopyOnWriteArrayList<>();

        @Override
        public String self() {
            return "here-1";
        }

        @Override
        public long newest() {
            return lines.size();
        }

        @Override
        public long after(long number, Consumer<Line> taker) {
            List<Line> now = List.copyOf(lines);
            now.subList((int) number, now.size()).forEach(taker);
            return now.size();
        }
    }

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        feed = new LiveFeed(vertx, console.journal, sessions::mayGoOn, PACE);
        LiveFeed ofFleet =
                new LiveFeed(vertx, console.journal, sessions::mayGoOn, PACE, Optional.of(others), console.inFlight);
        List<ApiRoute> routes = List.of(
                ApiRoute.get("/live-feed", Access.OPERATOR, feed::open),
                ApiRoute.get("/fleet-feed", Access.OPERATOR, ofFleet::open));
        AdminVerticle verticle = new AdminVerticle(
                new AdminConfig("127.0.0.1", 0, Optional.of(TestAdmin.TOKEN)),
                sessions,
                Set.of(),
                routes,
                OverloadRefusals.uncounted(),
                new AuditLog(Optional::empty, "alone-1", Clock.systemUTC()));
        vertx.deployVerticle(verticle).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        port = verticle.port();
    }

    @AfterEach
    void close() throws IOException {
        for (Stream stream : streams) {
            stream.socket.close();
        }
    }

    @Test
    void sendsWhatComes() throws Exception {
        Stream stream = open("", "");

        JournalEntry first = push("V1");
        JournalEntry second = push("V2");

        assertThat(stream.head).contains("HTTP/1.1 200 OK", "content-type: text/event-stream");
        assertThat(stream.event()).isEqualTo("id: " + first.id() + "|event: push|data: " + PushSummary.json(first));
        assertThat(stream.event()).startsWith("id: " + second.id() + "|event: push|data: {\"id\":" + second.id());
    }

    @Test
    void tellsAllThatAreInProgressWhenThatChanges() throws Exception {
        path = "/fleet-feed";
        Stream stream = open("?type=click", "");
        Attempt attempt = console.club.attempt(console.club.raw(console.club.plain(TestPushPort.click("V1"))));

        console.running.add(attempt);

        assertThat(stream.push())
                .startsWith("event: running|data: [{\"id\":0,\"account\":\"club\"")
                .contains("\"key\":\"V1\"", "\"outcome\":\"running\"", "\"instance\":\"here-1\"", TestPushPort.MASKED);
        console.running.clear();
        assertThat(stream.push()).isEqualTo("event: running|data: []");
    }

    @Test
    void goesOnBehindTheLastThatWasSeen() throws Exception {
        JournalEntry seen = push("V1");
        JournalEntry missed = push("V2");
        Stream stream = open("", "Last-Event-ID: " + seen.id() + "\r\n");
        JournalEntry coming = push("V3");

        assertThat(stream.event()).startsWith("id: " + missed.id() + "|");
        assertThat(stream.event()).startsWith("id: " + coming.id() + "|");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "x", "99999999999999999999"})
    void sendsAllThereIsToWhoHasSeenNothing(String id) throws Exception {
        JournalEntry first = push("V1");
        JournalEntry second = push("V2");

        Stream stream = open("", "Last-Event-ID: " + id + "\r\n");

        assertThat(stream.event()).startsWith("id: " + first.id() + "|");
        assertThat(stream.event()).startsWith("id: " + second.id() + "|");
    }

    @Test
    void saysThatSomeAreGoneUnseen() throws Exception {
        JournalEntry seen = push("V1");
        for (int i = 0; i < Journal.MAX_ENTRIES + 1; i++) {
            console.club.verified();
        }

        Stream stream = open("", "Last-Event-ID: " + seen.id() + "\r\n");

        assertThat(stream.event()).isEqualTo("event: gap|data: {}");
        for (int i = 0; i < Journal.MAX_ENTRIES; i++) {
            assertThat(stream.event()).startsWith("id: " + (seen.id() + 2 + i) + "|");
        }
    }

    @Test
    void knowsAnIdOfAnotherLifeOfTheProcess() throws Exception {
        JournalEntry there = push("V1");

        Stream stream = open("", "Last-Event-ID: " + (there.id() + 1_000) + "\r\n");

        assertThat(stream.event()).isEqualTo("event: gap|data: {}");
        assertThat(stream.event()).startsWith("id: " + there.id() + "|");
    }

    @Test
    void sendsOnlyWhatIsAskedFor() throws Exception {
        Stream stream = open("?openid=" + TestPushPort.OPEN_ID + "&type=CLICK", "Last-Event-ID: 0\r\n");
        console.club.verified();
        JournalEntry click = push("V1");

        assertThat(stream.push())
                .startsWith("id: " + click.id() + "|")
                .contains(TestPushPort.MASKED)
                .doesNotContain(TestPushPort.OPEN_ID);
    }

    @Test
    void ofAFleetSendsWhatComesToOthersWithTheirInstance() throws Exception {
        path = "/fleet-feed";
        others.lines.add(line("before"));
        Stream stream = open("", "");

        JournalEntry own = push("V1");
        assertThat(stream.push())
                .startsWith("id: " + own.id() + "|event: push|data: {")
                .endsWith("\"instance\":\"here-1\"}");
        others.lines.add(line("V2"));

        assertThat(stream.push())
                .startsWith("event: push|data: {")
                .contains("\"key\":\"V2\"")
                .endsWith("\"instance\":\"there-2\"}");
    }

    @Test
    void ofAFleetSendsOnlyTheInstanceThatIsAskedFor() throws Exception {
        path = "/fleet-feed";
        Stream stream = open("?instance=there-2", "");

        push("V1");
        others.lines.add(line("V2"));

        assertThat(stream.push()).contains("\"key\":\"V2\"");
    }

    private static Line line(String key) {
        TestPushPort there = new TestJournal().club;
        return Line.of(there.answered(there.plain(TestPushPort.click(key)), Reply.NONE), "there-2");
    }

    @Test
    void showsThatTheConnectionLives() throws Exception {
        Stream stream = open("", "");

        assertThat(stream.event()).isEqualTo(":");
        assertThat(stream.event()).isEqualTo(":");
    }

    @Test
    void endsWithTheSessionOfWhoListens() throws Exception {
        String cookie = Sessions.COOKIE + "=" + sessions.open(TestAdmin.TOKEN).orElseThrow();
        credentials = "Cookie: " + cookie + "\r\n";
        Stream stream = open("", "");
        assertThat(stream.event()).isEqualTo(":");

        sessions.close(MultiMap.caseInsensitiveMultiMap().add("Cookie", cookie));

        Await.until("the stream has ended", () -> feed.size() == 0);
        assertThat(stream.hasEndedInOrder()).isTrue();
    }

    @Test
    void doesNotKeepASessionOpenByListening() throws Exception {
        credentials = "Cookie: " + Sessions.COOKIE + "="
                + sessions.open(TestAdmin.TOKEN).orElseThrow() + "\r\n";
        open("", "");

        console.clock.pass(Sessions.IDLE.minusMinutes(1));
        Stream stream = streams.get(0);
        assertThat(stream.event()).isEqualTo(":");
        assertThat(stream.event()).isEqualTo(":");
        console.clock.pass(Duration.ofMinutes(1));

        Await.until("the stream has ended", () -> feed.size() == 0);
    }

    @Test
    void takesNoMoreListenersThanItMay() throws Exception {
        for (int i = 0; i < LiveFeed.MAX_LISTENERS; i++) {
            open("", "");
        }

        assertThat(open("", "").head.get(0)).startsWith("HTTP/1.1 503");
        streams.get(0).socket.close();
        Await.until("one has gone", () -> feed.size() < LiveFeed.MAX_LISTENERS);
        assertThat(open("", "").head.get(0)).startsWith("HTTP/1.1 200");
    }

    @Test
    void refusesAFilterThatItDoesNotUnderstand() throws Exception {
        assertThat(open("?at=soon", "").head.get(0)).startsWith("HTTP/1.1 400");
        assertThat(feed.size()).isZero();
    }

    @Test
    void cutsWhoTakesNothing() throws Exception {
        Socket small = new Socket();
        small.setReceiveBufferSize(4_096);
        Stream slow = open(small, "", "");
        Stream quick = open("", "");
        String key = "K".repeat(60_000);

        Await.until("the slow one is cut", Duration.ofSeconds(30), () -> {
            push(key);
            return quick.drained() && feed.size() == 1;
        });

        assertThat(slow.isCutAfterWhatItWasSent()).isTrue();
        assertThat(feed.size()).isEqualTo(1);
    }

    private JournalEntry push(String key) {
        return console.club.answered(console.club.plain(TestPushPort.click(key)), Reply.NONE);
    }

    private Stream open(String query, String headers) throws IOException {
        return open(new Socket(), query, headers);
    }

    private Stream open(Socket socket, String query, String headers) throws IOException {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Stream stream = new Stream(socket);
        streams.add(stream);
        stream.ask("GET " + path + query + " HTTP/1.1\r\nHost: localhost\r\n" + credentials + headers + "\r\n");
        return stream;
    }

    /** A connection on which events come; of the chunks around them nothing is shown. */
    private static final class Stream {
        private final Socket socket;
        private final BufferedReader lines;
        private final List<String> head = new ArrayList<>();

        Stream(Socket socket) throws IOException {
            this.socket = socket;
            socket.setSoTimeout(10_000);
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        void ask(String request) throws IOException {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                head.add(line);
            }
            if (head.get(0).startsWith("HTTP/1.1 200")) {
                assertThat(event()).isEqualTo("retry: 2000");
            }
        }

        /** The next event that is no sign of life: a busy machine gives time for some. */
        String push() throws IOException {
            String event = event();
            while (event.equals(":")) {
                event = event();
            }
            return event;
        }

        /** The next event, its lines with bars between them. */
        String event() throws IOException {
            List<String> event = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                boolean content = line.matches("(id|event|data|retry|): ?.*");
                if (content) {
                    event.add(line);
                } else if (!event.isEmpty()) {
                    return String.join("|", event);
                }
            }
            return "<closed>";
        }

        /** Up to the last chunk, which is empty. */
        boolean hasEndedInOrder() throws IOException {
            String line = lines.readLine();
            while (line != null && !line.equals("0")) {
                line = lines.readLine();
            }
            return line != null;
        }

        boolean isCutAfterWhatItWasSent() {
            try {
                while (lines.readLine() != null) {
                    // What was on its way.
                }
                return true;
            } catch (SocketTimeoutException open) {
                return false;
            } catch (IOException reset) {
                return true;
            }
        }

        boolean drained() {
            try {
                while (lines.ready()) {
                    lines.readLine();
                }
                return true;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
