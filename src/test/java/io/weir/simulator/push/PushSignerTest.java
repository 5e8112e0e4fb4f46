package io.weir.simulator.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.simulator.push.PushSigner.SignedPush;
import io.weir.simulator.push.PushTemplate.PushKind;
import io.weir.wechat.crypto.AesKey;
import io.weir.wechat.crypto.MessageCrypto;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PushSignerTest {
    private static final URI TARGET = URI.create("http://127.0.0.1:8080/wx/dev");
    private static final String TIME = "1714112445";
    private static final String NONCE = "415670741";

    private final PushSigner signer = signer("0123456789abcdef");
    private final SimulatedPush push = new SimulatedPush(
            "text",
            PushKind.MESSAGE,
            List.of(
                    Element.text("ToUserName", "gh_feed00000001"),
                    Element.text("FromUserName", "o+a&b"),
                    Element.text("Content", "hi")));

    @Test
    void signsTheQueryOfThePlaintextMode() {
        SignedPush signed = signer.sign(push, TestAccounts.in(PushMode.PLAINTEXT), TARGET);

        assertThat(query(signed.uri()))
                .containsOnly(
                        Map.entry("signature", IndependentCrypto.signature(TestAccounts.TOKEN, TIME, NONCE)),
                        Map.entry("timestamp", TIME),
                        Map.entry("nonce", NONCE),
                        Map.entry("openid", "o%2Ba%26b"));
        assertThat(signed.body()).isEqualTo(push.xml());
    }

    @Test
    void sendsOnlyTheEnvelopeInSafeMode() throws Exception {
        SignedPush signed = signer.sign(push, TestAccounts.in(PushMode.SAFE), TARGET);

        List<Element> body = AnswerXml.parse(signed.body());
        assertThat(body.stream().map(Element::name)).containsExactly("ToUserName", "Encrypt");
        assertSealed(signed, body);
    }

    @Test
    void sendsClearElementsBesideTheEnvelopeInCompatibleMode() throws Exception {
        SignedPush signed = signer.sign(push, TestAccounts.in(PushMode.COMPATIBLE), TARGET);

        List<Element> body = AnswerXml.parse(signed.body());
        assertThat(body.stream().map(Element::name))
                .containsExactly("ToUserName", "FromUserName", "Content", "Encrypt");
        assertSealed(signed, body);
    }

    private void assertSealed(SignedPush signed, List<Element> body) {
        String encrypt = Element.value(body, "Encrypt").orElseThrow();
        assertThat(query(signed.uri()))
                .containsEntry("encrypt_type", "aes")
                .containsEntry("msg_signature", IndependentCrypto.signature(TestAccounts.TOKEN, TIME, NONCE, encrypt))
                .containsEntry("signature", IndependentCrypto.signature(TestAccounts.TOKEN, TIME, NONCE));
        assertThat(IndependentCrypto.decrypt(encrypt, TestAccounts.AES_KEY, TestAccounts.APP_ID))
                .isEqualTo(push.xml());
    }

    @Test
    void reproducesTheWorkedExampleOfTheOfficialGuide() {
        SimulatedAccount official = new SimulatedAccount(
                "official",
                "wxba5fad812f8e6fb9",
                "AAAAA",
                Optional.of(AesKey.parse("A".repeat(43))),
                "gh_97417a04a28d",
                PushMode.SAFE);
        String message = "{\"ToUserName\":\"gh_97417a04a28d\",\"FromUserName\":\"o9AgO5Kd5ggOC-bXrbNODIiE3bGY\","
                + "\"CreateTime\":1714112445,\"MsgType\":\"event\",\"Event\":\"debug_demo\",\"debug_str\":\"hello world\"}";

        String encrypt = signer("a8eedb185eb2fecf").encrypt(message, official);

        assertThat(encrypt)
                .isEqualTo("+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJG"
                        + "QqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrf"
                        + "MZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgR"
                        + "tWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=");
        assertThat(query(signer.sign(push, official, TARGET).uri()))
                .containsEntry("signature", "6c5c811b55cc85e0e1b54100749188c20beb3f5d");
        assertThat(IndependentCrypto.signature("AAAAA", TIME, NONCE, encrypt))
                .isEqualTo("046e02f8204d34f8ba5fa3b1db94908f3df2e9b3");
    }

    @Test
    void keepsTheOwnQueryOfTheUrl() {
        SignedPush signed = signer.sign(
                push, TestAccounts.in(PushMode.PLAINTEXT), URI.create("https://wx.example.com/in?shop=%E4%BD%A0"));

        assertThat(signed.uri().toString())
                .startsWith("https://wx.example.com/in?shop=%E4%BD%A0&signature=")
                .contains("&nonce=" + NONCE);
        assertThat(signer.sign(push, TestAccounts.withoutKey(), URI.create("http://127.0.0.1:1"))
                        .uri()
                        .getPath())
                .isEqualTo("/");
    }

    @Test
    void writesACurlCommandThatAShellReadsBack() {
        SignedPush signed = new SignedPush(URI.create("http://127.0.0.1/wx?a=1&b=2"), "<a>it's</a>");

        assertThat(signed.curl())
                .isEqualTo("curl -sS -H 'Content-Type: text/xml' --data-binary '<a>it'\\''s</a>'"
                        + " 'http://127.0.0.1/wx?a=1&b=2'");
    }

    @Test
    void refusesAnEncryptingModeWithoutAKeyAndShowsNoSecrets() {
        assertThatThrownBy(() -> TestAccounts.withoutKey().in(PushMode.SAFE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("account dev has no encodingAesKey, which safe mode needs");
        assertThat(TestAccounts.in(PushMode.SAFE).toString())
                .doesNotContain(TestAccounts.TOKEN)
                .doesNotContain(TestAccounts.AES_KEY);
    }

    private static PushSigner signer(String random16) {
        byte[] prefix = random16.getBytes(StandardCharsets.US_ASCII);
        return new PushSigner(
                new MessageCrypto(bytes -> System.arraycopy(prefix, 0, bytes, 0, bytes.length)),
                Clock.fixed(Instant.ofEpochSecond(Long.parseLong(TIME)), ZoneOffset.UTC),
                () -> NONCE);
    }

    private static Map<String, String> query(URI uri) {
        return Stream.of(uri.getRawQuery().split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
