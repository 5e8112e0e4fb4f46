package io.weir.simulator.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.platform.QrCodes.QrCode;
import io.weir.simulator.platform.QrCodes.Scene;
import io.weir.simulator.time.VirtualTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QrCodesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-20T04:00:00Z"));
    private final QrCodes codes = new QrCodes(time.clock(), new SecureRandom());

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            QR_SCENE           | 'scene_id':123        | 123        | true  | false
            QR_SCENE           | 'scene_id':4294967295 | 4294967295 | true  | false
            QR_STR_SCENE       | 'scene_str':'门口'     | 门口        | false | false
            QR_LIMIT_SCENE     | 'scene_id':100000     | 100000     | true  | true
            QR_LIMIT_STR_SCENE | 'scene_str':'123'     | 123        | false | true
            """)
    void makesEachKind(String action, String scene, String text, boolean number, boolean forEver) {
        QrCode code = create(action, scene, "");

        assertThat(code.scene()).isEqualTo(new Scene(text, number));
        assertThat(code.forEver()).isEqualTo(forEver);
        assertThat(code.seconds()).isEqualTo(forEver ? 0 : 60);
        assertThat(codes.find(code.ticket())).contains(code);
        assertThat(codes.find(code.url())).contains(code);
        assertThat(code.url()).startsWith("http://weixin.qq.com/q/");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            QR_CODE            | 'scene_id':1          |                          | 40052
            QR_SCENE           | 'scene_id':0          |                          | 40053
            QR_SCENE           | 'scene_id':4294967296 |                          | 40053
            QR_SCENE           | 'scene_id':'1'        |                          | 40053
            QR_SCENE           | 'scene_str':'1'       |                          | 40053
            QR_STR_SCENE       | 'scene_str':''        |                          | 40053
            QR_LIMIT_SCENE     | 'scene_id':100001     |                          | 40053
            QR_LIMIT_STR_SCENE | 'scene_str':1         |                          | 40053
            QR_SCENE           | 'scene_id':1          | ,'expire_seconds':0       | 40097
            QR_SCENE           | 'scene_id':1          | ,'expire_seconds':2592001 | 40097
            QR_SCENE           | 'scene_id':1          | ,'expire_seconds':'60'    | 40097
            """)
    void refusesWhatIsNoCode(String action, String scene, String more, int code) {
        assertThat(refused(action, scene, more == null ? "" : more)).isEqualTo(code);
    }

    @Test
    void aSceneHasSixtyFourCharactersAtMost() {
        assertThat(create("QR_STR_SCENE", "'scene_str':'" + "😀".repeat(64) + "'", "")
                        .scene()
                        .text())
                .hasSize(128);
        assertThat(refused("QR_STR_SCENE", "'scene_str':'" + "x".repeat(65) + "'", ""))
                .isEqualTo(40053);
    }

    @Test
    void aTemporaryCodeEnds() {
        QrCode code = create("QR_SCENE", "'scene_id':1", ",'expire_seconds':120");

        time.advance(Duration.ofSeconds(119));
        assertThat(codes.find(code.ticket())).isPresent();
        time.advance(Duration.ofSeconds(1));
        assertThat(codes.find(code.ticket())).isEmpty();
    }

    @Test
    void aPermanentCodeOfTheSameSceneIsTheSame() {
        QrCode code = create("QR_LIMIT_SCENE", "'scene_id':1", "");

        assertThat(create("QR_LIMIT_SCENE", "'scene_id':1", "")).isEqualTo(code);
        assertThat(create("QR_LIMIT_STR_SCENE", "'scene_str':'1'", "")).isNotEqualTo(code);
        assertThat(create("QR_SCENE", "'scene_id':1", "").ticket())
                .isNotEqualTo(create("QR_SCENE", "'scene_id':1", "").ticket());
    }

    @Test
    void aHundredThousandPermanentCodesAreTheMost() {
        IntStream.rangeClosed(1, 100_000).forEach(i -> create("QR_LIMIT_SCENE", "'scene_id':" + i, ""));

        assertThat(refused("QR_LIMIT_STR_SCENE", "'scene_str':'one more'", "")).isEqualTo(45029);
        create("QR_SCENE", "'scene_id':1", "");
    }

    @Test
    void bothKindsSurviveARestart() {
        create("QR_LIMIT_STR_SCENE", "'scene_str':'door'", "");
        create("QR_SCENE", "'scene_id':7", "");
        QrCodes after = new QrCodes(time.clock(), new SecureRandom());

        after.load(codes.save());

        assertThat(after.all()).isEqualTo(codes.all()).hasSize(2);
    }

    private QrCode create(String action, String scene, String more) {
        return codes.create(order(action, scene, more));
    }

    private int refused(String action, String scene, String more) {
        return catchThrowableOfType(Refused.class, () -> create(action, scene, more))
                .errcode();
    }

    private static ObjectNode order(String action, String scene, String more) {
        try {
            String json = "{'action_name':'" + action + "','action_info':{'scene':{" + scene + "}}" + more + "}";
            return (ObjectNode) MAPPER.readTree(json.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
