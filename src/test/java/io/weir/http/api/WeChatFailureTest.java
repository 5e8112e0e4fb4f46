package io.weir.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.client.WeChatException;
import io.weir.client.WeChatException.Kind;
import io.weir.wechat.api.ErrorCode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WeChatFailureTest {
    @ParameterizedTest
    @EnumSource(Kind.class)
    void hasWordsForEveryKindInBothLanguages(Kind kind) {
        ApiProblem problem = WeChatFailure.problem(WeChatException.of(kind, "what happened"));

        ObjectNode body = problem.body();
        assertThat(problem.status())
                .isIn(429, 502, 503, 504)
                .isEqualTo(body.path("status").asInt());
        assertThat(body.path("detail").asText()).isEqualTo("what happened");
        assertThat(body.path("kind").asText()).isEqualToIgnoringCase(kind.name());
        assertThat(body.path("meaning").asText()).endsWith(".");
        assertThat(body.path("remedy").asText()).endsWith(".");
        assertThat(body.path("meaningZh").asText()).endsWith("。");
        assertThat(body.path("remedyZh").asText()).endsWith("。");
        assertThat(body.fieldNames()).toIterable().doesNotContain("errcode", "errmsg", "rid");
    }

    @Test
    void explainsTheCodeThatWeChatGave() {
        ErrorCode code = ErrorCode.ofCredentialCall(40001);

        ObjectNode json = WeChatFailure.json(WeChatException.refused(code, "invalid credential", Optional.of("1-2-3")));

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "kind", "errcode", "errmsg", "rid", "meaning", "remedy", "meaningZh", "remedyZh", "message");
        assertThat(json.path("meaning").asText()).isEqualTo(code.meaning());
        assertThat(json.path("remedyZh").asText()).isEqualTo(code.chineseRemedy());
        assertThat(json.path("message").asText()).isEqualTo("40001 invalid credential");
    }
}
