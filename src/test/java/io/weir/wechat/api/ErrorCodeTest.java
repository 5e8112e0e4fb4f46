package io.weir.wechat.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wechat.api.ErrorCode.ErrorPolicy;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorCodeTest {
    private static final int[] TOKEN_AND_SERVER_API = {
        -1, 40001, 40002, 40003, 40013, 40014, 40125, 40164, 40243, 41001, 41002, 41004, 42001, 43001, 43002, 43003,
        43004, 44002, 45009, 45011, 47001, 47002, 48001, 48004, 48006, 50002, 89501, 89502, 89503, 89504, 89505, 89506,
        89507, 61004, 40201, 40202, 40203, 76021, 76022, 76001, 76002, 76003, 76004, 45002, 45008, 45015, 45047, 48002,
        40007, 45086, 45087, 45093, 45094, 45098, 45099, 44004, 40200, 70000, 45072, 45080, 45081
    };
    private static final int[] MENU_API = {
        40007, 40015, 40016, 40017, 40018, 40019, 40020, 40021, 40022, 40023, 40024, 40025, 40026, 40027, 40028, 40029,
        40033, 40035, 40054, 40055, 40117, 40118, 40119, 40120, 40121, 40155, 40165, 40166, 41007, 43001, 43002, 44002,
        45010, 45048, 45064, 46002, 46003, 46004, 47001, 48001, 48005, 53600, 65301, 65302, 65303, 65304, 65305, 65306,
        65307, 65308, 65309, 65310, 65311, 65312, 65313, 65314, 65315, 65316, 65317, 65318, 65319, 65320
    };
    private static final int[] MATERIAL_TAGS = {
        40004, 40005, 40006, 40007, 40009, 45001, 45157, 45158, 45056, 45159, 45059
    };
    private static final int[] ENCRYPTION = {
        -40001, -40002, -40003, -40004, -40005, -40006, -40007, -40008, -40009, -40010, -40011, -40012
    };

    static IntStream everyCodeOfTheReference() {
        return Stream.of(TOKEN_AND_SERVER_API, MENU_API, MATERIAL_TAGS, ENCRYPTION)
                .flatMapToInt(IntStream::of);
    }

    @ParameterizedTest
    @MethodSource("everyCodeOfTheReference")
    void knowsWhatEachCodeMeansAndWhatHelpsInBothLanguages(int code) {
        ErrorCode known = ErrorCode.of(code);

        assertThat(known.code()).isEqualTo(code);
        assertThat(known.meaning()).doesNotContain(Integer.toString(code)).endsWith(".");
        assertThat(known.remedy()).isNotBlank().endsWith(".").isNotEqualTo(known.meaning());
        assertThat(known.chineseMeaning()).containsPattern("\\p{IsHan}").endsWith("。");
        assertThat(known.chineseRemedy())
                .containsPattern("\\p{IsHan}")
                .endsWith("。")
                .isNotEqualTo(known.chineseMeaning());
        assertThat(known.meaning() + known.remedy()).doesNotContainPattern("\\p{IsHan}");
    }

    @ParameterizedTest
    @CsvSource({
        "-1, BACK_OFF",
        "40001, RENEW_TOKEN",
        "40014, RENEW_TOKEN",
        "42001, RENEW_TOKEN",
        "41001, RENEW_TOKEN",
        "40002, STOP",
        "40013, STOP",
        "40125, STOP",
        "40164, STOP",
        "40243, STOP",
        "41002, STOP",
        "41004, STOP",
        "89501, STOP",
        "89502, STOP",
        "89503, STOP",
        "89504, STOP",
        "89505, STOP",
        "89506, STOP",
        "89507, STOP",
        "48001, STOP_FUNCTION",
        "48004, STOP_FUNCTION",
        "50002, STOP_FUNCTION",
        "45087, STOP_FUNCTION",
        "45093, STOP_FUNCTION",
        "45094, STOP_FUNCTION",
        "45009, WAIT_UNTIL_TOMORROW",
        "45011, WAIT_A_MINUTE",
        "40003, GIVE_UP",
        "43004, GIVE_UP",
        "45015, GIVE_UP",
        "45047, GIVE_UP",
        "48006, GIVE_UP",
        "61004, GIVE_UP",
        "47001, WRONG_REQUEST",
        "47002, WRONG_REQUEST",
        "40033, WRONG_REQUEST",
        "65320, WRONG_REQUEST"
    })
    void knowsWhatTheClientHasToDo(int code, ErrorPolicy conduct) {
        assertThat(ErrorCode.of(code).conduct()).isEqualTo(conduct);
    }

    @Test
    void takes40001OfTheTokenCallForAWrongAppSecret() {
        assertThat(ErrorCode.ofCredentialCall(40001).conduct()).isEqualTo(ErrorPolicy.STOP);
        assertThat(ErrorCode.ofCredentialCall(40001).meaning()).contains("AppSecret");
        assertThat(ErrorCode.ofCredentialCall(40164)).isEqualTo(ErrorCode.of(40164));
    }

    @Test
    void givesUpOnAnUnknownCodeAndNamesIt() {
        ErrorCode unknown = ErrorCode.of(987654);

        assertThat(unknown.conduct()).isEqualTo(ErrorPolicy.GIVE_UP);
        assertThat(unknown.meaning()).contains("987654");
        assertThat(unknown.remedy()).contains("987654");
        assertThat(unknown.chineseMeaning()).contains("987654");
        assertThat(unknown.chineseRemedy()).contains("987654");
    }

    @Test
    void knowsTheWholeFamilyOfThirdPartyCodes() {
        assertThat(ErrorCode.of(61451).code()).isEqualTo(61451);
        assertThat(ErrorCode.of(61451).meaning()).contains("third-party");
    }

    @ParameterizedTest
    @CsvSource({
        "45009, 2026-11-20T16:00:00Z",
        "45011, 2026-11-20T10:01:00Z",
        "48001, 2026-11-20T10:05:00Z",
        "40164, 2026-11-20T10:05:00Z",
        "89506, 2026-11-21T10:00:00Z",
        "89507, 2026-11-20T11:00:00Z"
    })
    void tellsUntilWhenCallsPause(int code, Instant until) {
        assertThat(ErrorCode.of(code).pauseUntil(Instant.parse("2026-11-20T10:00:00Z")))
                .contains(until);
    }

    @Test
    void pausesUntilTheNextMidnightOfChinaWhateverTheHour() {
        assertThat(ErrorCode.of(45009).pauseUntil(Instant.parse("2026-11-20T15:59:59Z")))
                .contains(Instant.parse("2026-11-20T16:00:00Z"));
        assertThat(ErrorCode.of(45009).pauseUntil(Instant.parse("2026-11-20T16:00:00Z")))
                .contains(Instant.parse("2026-11-21T16:00:00Z"));
    }

    @Test
    void doesNotPauseForWhatIsAboutOneCallOnly() {
        Instant now = Instant.parse("2026-11-20T10:00:00Z");

        assertThat(Arrays.stream(new int[] {-1, 40001, 40003, 47001, 987654}))
                .allSatisfy(
                        code -> assertThat(ErrorCode.of(code).pauseUntil(now)).isEmpty());
    }
}
