package io.weir.wechat.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.weir.JazzerSeeds;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.Samples;
import io.weir.wechat.xml.XmlText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Targets of the fuzzer Jazzer for the codec. An ordinary test run tries the seeds of {@code
 * src/test/resources/io/weir/wechat/codec/CodecJazzerTestInputs}, a folder for each target, and does without Jazzer. To
 * search for more, one target at a time and for as long as its {@code maxDuration} says (Linux and macOS on x86-64 and
 * arm64, Windows on x86-64):
 *
 * <pre>JAZZER_FUZZ=1 ./mvnw test -Dtest='CodecJazzerTest#readsOrRefusesAnyBody'</pre>
 *
 * <p>An input that fails is written to the target's folder and so becomes a seed; what was merely of interest stays in
 * {@code .cifuzz-corpus}, which is not committed.
 */
class CodecJazzerTest {
    private static final Push PUSH = Samples.push("message/text");

    private final CodecOracle oracle = new CodecOracle();

    @TestFactory
    Stream<DynamicTest> seeds() {
        return JazzerSeeds.of(this);
    }

    @FuzzTest(maxDuration = "1m")
    void readsOrRefusesAnyBody(byte[] body) {
        oracle.readPlain(Mode.PLAINTEXT, body);
        oracle.readPlain(Mode.COMPATIBLE, body);
    }

    @FuzzTest(maxDuration = "1m")
    void readsOrRefusesAnyEncryptedMessage(byte[] message) {
        oracle.readEncrypted(Mode.SAFE, message);
    }

    @FuzzTest(maxDuration = "1m")
    void readsOrRefusesAnyBodyRoundAnEncryptedMessage(byte[] body) {
        oracle.readEnvelope(Mode.SAFE, body);
        oracle.readEnvelope(Mode.COMPATIBLE, body);
    }

    @FuzzTest(maxDuration = "1m")
    void readsOrRefusesAnyQuery(byte[] query) {
        try {
            assertThat(PushQuery.parse(new String(query, UTF_8)).signature()).isNotEmpty();
        } catch (Refusal e) {
            assertThat(e.refusalCause()).isEqualTo(Refusal.Cause.QUERY);
        }
    }

    /** As UTF-16, so that lone surrogates come up. */
    @FuzzTest(maxDuration = "1m")
    void writesAnyTextSoThatItReadsBackEqual(byte[] utf16) throws Exception {
        String text = new String(utf16, StandardCharsets.UTF_16BE);
        String unchecked = text + (char) (utf16.length == 0 ? 0xD800 : 0xD800 + utf16[0]);

        for (String each : List.of(text, unchecked)) {
            String clean = XmlText.clean(each);
            List<String> back = oracle.write(Reply.text(each), PUSH);
            assertThat(back.isEmpty() ? "" : back.get(back.size() - 1)).isEqualTo(clean);
        }
    }
}
