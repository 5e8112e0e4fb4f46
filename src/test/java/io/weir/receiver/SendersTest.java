package io.weir.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import io.vertx.junit5.VertxExtension;
import io.weir.config.Problem;
import io.weir.config.Problems;
import io.weir.config.Section;
import io.weir.http.AddressRange;
import io.weir.http.RawHttp;
import io.weir.receiver.PushAccess.SenderRate;
import io.weir.receiver.Senders.RateTable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code push.allowFrom}, {@code push.proxies} and {@code push.perSender}. */
@ExtendWith(VertxExtension.class)
class SendersTest {
    private static final String ANYWHERE = "203.0.113.9";
    private static final AddressRange WECHATS =
            AddressRange.parse("101.226.103.0/25").orElseThrow();

    private final Problems problems = new Problems();

    @Test
    void readsWhoMaySend() {
        PushAccess access =
                read("allowFrom: [wechat, 10.0.0.0/8, '2001:db8::/32'], proxies: 10.0.0.5, perSender: 20/s");

        assertThat(problems.all()).isEmpty();
        assertThat(access.fromWeChat()).isTrue();
        assertThat(access.allowed()).extracting(AddressRange::toString).containsExactly("10.0.0.0/8", "2001:db8::/32");
        assertThat(access.proxies()).extracting(AddressRange::toString).containsExactly("10.0.0.5");
        assertThat(access.perSender()).contains(new SenderRate(20, Duration.ofSeconds(1)));
        assertThat(read("allowFrom: wechat, perSender: 300/m").perSender())
                .contains(new SenderRate(300, Duration.ofMinutes(1)));
        assertThat(read("port: 1")).isEqualTo(PushAccess.OPEN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    allowFrom: [wehcat]        | push.allowFrom: found a list: "wehcat"; expected wechat, addresses and ranges
                    allowFrom: 10.0.0.0/33     | push.allowFrom: found "10.0.0.0/33"; expected wechat, addresses
                    proxies: [lb.internal]     | push.proxies: found a list: "lb.internal"; expected addresses and ranges
                    perSender: 20              | push.perSender: found "20"; expected 1 to 99999 pushes a second or a minute
                    perSender: 0/s             | push.perSender: found "0/s"; expected
                    tls: { cert: nowhere.pem } | push.tls.cert: found "nowhere.pem"; expected a PEM file; none can be read
                    tls: { cert: nowhere.pem } | push.tls: found the keys cert; expected cert and key
                    """)
    void refuses(String push, String problem) {
        read(push);

        assertThat(problems.errors())
                .extracting(Problem::text)
                .anySatisfy(text -> assertThat(text).contains(problem));
    }

    @Test
    void admitsEverybodyWhereNothingIsSet() {
        assertThat(senders("port: 1").admits("main", address(ANYWHERE))).isTrue();
    }

    @Test
    void admitsTheAddressesOfTheListAlone() {
        Senders senders = senders("allowFrom: [10.0.0.0/8, '2001:db8::/32']");

        assertThat(senders.admits("main", address("10.1.2.3"))).isTrue();
        assertThat(senders.admits("main", address("2001:db8::7"))).isTrue();
        assertThat(senders.admits("main", address(ANYWHERE))).isFalse();
        assertThat(senders.admits("main", address("2001:db9::7"))).isFalse();
    }

    @Test
    void admitsWhatWeChatNamesForTheAccountAndBesideItTheList() {
        Senders senders = senders("allowFrom: [wechat, 10.0.0.0/8]");
        senders.know("main", List.of(WECHATS));

        assertThat(senders.admits("main", address("101.226.103.7"))).isTrue();
        assertThat(senders.admits("main", address("10.0.0.1"))).isTrue();
        assertThat(senders.admits("main", address(ANYWHERE))).isFalse();
    }

    @Test
    void neverKeepsWeChatOutForWantOfItsAddresses() {
        Senders senders = senders("allowFrom: wechat");
        senders.know("club", List.of(WECHATS));

        assertThat(senders.admits("main", address(ANYWHERE))).isTrue();
        assertThat(senders.admits("club", address(ANYWHERE))).isFalse();
        assertThat(senders.openToAll(Set.of("main", "club"))).containsExactly("main");
        senders.know("main", List.of(WECHATS));
        senders.know("main", List.of());
        assertThat(senders.admits("main", address(ANYWHERE))).isFalse();
        assertThat(senders.openToAll(Set.of("main", "club"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    203.0.113.9 | 10.9.9.9                            | 203.0.113.9
                    10.0.0.5    | 203.0.113.9                         | 203.0.113.9
                    10.0.0.5    | 101.226.103.7, 203.0.113.9          | 203.0.113.9
                    10.0.0.5    | 101.226.103.7, 203.0.113.9, 10.0.0.6 | 203.0.113.9
                    10.0.0.5    | 203.0.113.9:4711                    | 203.0.113.9
                    10.0.0.5    | [2001:db8::9]:4711                  | 2001:db8:0:0:0:0:0:9
                    10.0.0.5    | 2001:db8::9                         | 2001:db8:0:0:0:0:0:9
                    10.0.0.5    | 10.0.0.6                            | 10.0.0.6
                    10.0.0.5    | -                                   | 10.0.0.5
                    10.0.0.5    | 101.226.103.7, unknown              | 0.0.0.0
                    10.0.0.5    | 101.226.103.7, <script>, 10.0.0.6   | 0.0.0.0
                    """)
    void believesThoseInFrontOfItsProxiesAlone(String peer, String forwarded, String client) {
        Senders senders = senders("allowFrom: wechat, proxies: [10.0.0.5, 10.0.0.6]");

        assertThat(senders.client(address(peer), () -> forwarded == null ? List.of() : List.of(forwarded))
                        .hostAddress())
                .isEqualTo(client);
    }

    @Test
    void readsSeveralHeadersAsOneChain() {
        Senders senders = senders("allowFrom: wechat, proxies: [10.0.0.5]");

        assertThat(senders.client(address("10.0.0.5"), () -> List.of("101.226.103.7", "203.0.113.9"))
                        .hostAddress())
                .isEqualTo("203.0.113.9");
    }

    @Test
    void remembersDecisionsForAFewThousandAddressesAndNotForEver() {
        Senders senders = senders("allowFrom: wechat");
        senders.know("main", List.of(WECHATS));
        for (int i = 0; i < 20_000; i++) {
            assertThat(senders.admits("main", address("203." + i / 40_000 + "." + i / 200 + "." + i % 200)))
                    .isFalse();
        }

        senders.know("main", List.of(AddressRange.parse("203.0.0.0/16").orElseThrow()));

        assertThat(senders.admits("main", address("203.0.0.1"))).isTrue();
    }

    @Test
    void refusesOthersWithTheSame403AndCountsThem(Vertx vertx) throws IOException {
        TestReceiver receiver = TestReceiver.start(vertx, config("allowFrom: [10.0.0.0/8], proxies: [127.0.0.1]"));
        byte[] push = forwarded("203.0.113.9");
        byte[] verification = Forge.get("/wx/plain", Forge.signed() + "&echostr=e");

        assertThat(receiver.response(push))
                .isEqualTo("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n")
                .isEqualTo(receiver.response(Forge.post("/wx/plain", "signature=x", Forge.CLICK)));
        assertThat(receiver.response(verification)).startsWith("HTTP/1.1 403");
        assertThat(receiver.refusals("plain", "address")).isEqualTo(3);
        assertThat(receiver.response(forwarded("10.0.0.1"))).startsWith("HTTP/1.1 200");
        assertThat(receiver.arrived).hasSize(1);
    }

    @Test
    void answersWhatIsTooMuchOfOnePersonWithSuccess(Vertx vertx) throws IOException {
        TestReceiver receiver = TestReceiver.start(vertx, config("perSender: 3/m"));
        int replies = 0;
        try (RawHttp http = receiver.connect()) {
            for (int i = 0; i < 10; i++) {
                String click = Forge.CLICK.replaceFirst("<CreateTime>\\d+", "<CreateTime>" + (Forge.NOW + i));
                String response = http.send(Forge.post("/wx/plain", Forge.signedAnew(), click))
                        .response();
                assertThat(response).startsWith("HTTP/1.1 200");
                replies += response.endsWith("success") ? 0 : 1;
            }
        }

        // Six where a minute ends meanwhile.
        assertThat(replies).isIn(3, 6);
        assertThat(receiver.arrived).hasSize(replies);
        assertThat(receiver.metrics
                        .get("weir.overload.refusals")
                        .tag("policy", "sender")
                        .counter()
                        .count())
                .isEqualTo(10 - replies);
    }

    @Test
    void countsBySenderAccountAndWindow() {
        RateTable table = new RateTable(new SenderRate(2, Duration.ofSeconds(1)));
        long now = TimeUnit.DAYS.toNanos(3);

        for (int i = 0; i < 2; i++) {
            assertThat(table.exceeds("main", "oAlice", now)).isFalse();
            assertThat(table.exceeds("club", "oAlice", now)).isFalse();
            assertThat(table.exceeds("main", "oBob", now)).isFalse();
        }
        assertThat(table.exceeds("main", "oAlice", now)).isTrue();
        for (int i = 0; i < 2_000_000; i++) {
            table.exceeds("main", "oFlood", now);
        }
        assertThat(table.exceeds("main", "oFlood", now)).isTrue();
        assertThat(table.exceeds("main", "oAlice", now + TimeUnit.SECONDS.toNanos(1)))
                .isFalse();
    }

    @Test
    void neverHoldsBackASenderForOthers() {
        RateTable table = new RateTable(new SenderRate(1, Duration.ofSeconds(1)));

        for (int i = 0; i < 500_000; i++) {
            assertThat(table.exceeds("main", "o" + i, 5)).isFalse();
        }
    }

    private PushAccess read(String push) {
        return PushAccess.read(section(push));
    }

    private Section section(String push) {
        return Section.parse("weir.yaml", "push: { " + push + " }", problems).section("push");
    }

    private PushConfig config(String push) {
        return PushConfig.read(Section.parse("weir.yaml", "push: { " + push + " }", problems))
                .orElseThrow();
    }

    private Senders senders(String push) {
        return new Senders(read(push), new SimpleMeterRegistry());
    }

    private static SocketAddress address(String host) {
        return SocketAddress.inetSocketAddress(4_711, host);
    }

    private static byte[] forwarded(String client) {
        byte[] body = Forge.utf8(Forge.CLICK);
        String headers = "X-Forwarded-For: " + client + "\r\nContent-Length: " + body.length + "\r\n";
        return Forge.post("/wx/plain", Forge.signed(), headers, body);
    }
}
