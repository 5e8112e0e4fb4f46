package io.weir.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.weir.client.WeChatException;
import io.weir.doctor.Doctor.Check;
import io.weir.doctor.Doctor.Finding;
import io.weir.wechat.api.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            invalid ip 203.0.113.5, not in whitelist rid: 69ccd8cf-16c1aaaa-069fbbbb       | 203.0.113.5
            invalid ip 203.0.113.5 ipv6 ::ffff:203.0.113.5, not in whitelist rid: 1a-2b-3c | 203.0.113.5
            invalid ip 2001:db8::5, not in whitelist                                       | 2001:db8::5
            """)
    void namesTheAddressToWhitelist(String errmsg, String address) {
        Finding finding = Diagnosis.of(WeChatException.refused(ErrorCode.of(40164), errmsg, Optional.empty()));

        assertThat(finding.expected())
                .hasValueSatisfying(rule -> assertThat(rule).startsWith(address + " in the"));
        assertThat(finding.facts()).containsEntry("address", address);
    }

    @Test
    void givesEveryFailureSomethingToDo() {
        for (WeChatException.Kind kind : WeChatException.Kind.values()) {
            if (kind != WeChatException.Kind.REFUSED && kind != WeChatException.Kind.STOPPED) {
                Finding finding = Diagnosis.of(WeChatException.of(kind, "it failed; check the network"));

                assertThat(finding.found()).isEqualTo("it failed");
                assertThat(finding.fix()).hasSize(2);
                assertThat(finding.fix().get(0)).startsWith("Check the network");
                assertThat(finding.fix().get(1)).endsWith("。");
            }
        }
    }

    @Test
    void aCheckThatIsLateAndOneThatThrowsAreFindings() {
        Check late = Check.of("late", () -> Future.future(never -> {}));
        Check broken = Check.of("broken", () -> {
            throw new IllegalStateException("a bug");
        });

        List<Future<Doctor.Examined>> examined = new Doctor(Duration.ofMillis(50)).examine(List.of(late, broken));

        assertThat(examined.get(1).result().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).contains("a bug"));
        assertThat(examined.get(0)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .orTimeout(20, TimeUnit.SECONDS)
                        .join()
                        .findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).contains("no result within"));
    }
}
