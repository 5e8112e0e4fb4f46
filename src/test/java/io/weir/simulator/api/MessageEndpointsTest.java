package io.weir.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.weir.simulator.api.ApiCall.CallAnswer;
import io.weir.simulator.platform.Follower;
import io.weir.simulator.platform.Refused;
import io.weir.simulator.platform.Registration;
import io.weir.simulator.platform.Windows.Trigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageEndpointsTest {
    private static final String SEND = "/cgi-bin/message/custom/send";
    private static final String TYPING = "/cgi-bin/message/custom/typing";

    private final Calls calls = new Calls(MessageEndpoints.all());

    @BeforeEach
    void aliceHasWritten() {
        calls.account.followers().put(Follower.of("o1", "Alice"));
        calls.account.customerMessages().opened("o1", Trigger.MESSAGE);
    }

    @Test
    void deliversAMessage() {
        CallAnswer answer = calls.post(SEND, "{'touser':'o1','msgtype':'text','text':{'content':'你好'}}");

        assertThat(answer).isEqualTo(CallAnswer.ok());
        assertThat(calls.account.customerMessages().received("o1"))
                .extracting(each -> each.message().at("/text/content").asText())
                .containsExactly("你好");
    }

    @Test
    void deliversMaterialOfTheAccount() {
        CallAnswer answer = calls.post(SEND, "{'touser':'o1','msgtype':'mpnews','mpnews':{'media_id':'sample-news'}}");

        assertThat(answer).isEqualTo(CallAnswer.ok());
    }

    @Test
    void showsThatTheAccountIsTyping() {
        CallAnswer answer = calls.post(TYPING, "{'touser':'o1','command':'Typing'}");

        assertThat(answer).isEqualTo(CallAnswer.ok());
        assertThat(calls.account.customerMessages().isTyping("o1")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"44002 | ''", "47001 | {", "47001 | []", "47001 | {} {}", "40003 | {}"})
    void refusesABodyThatIsNotAMessage(int errcode, String body) {
        Refused sending = catchThrowableOfType(Refused.class, () -> calls.post(SEND, body));
        Refused typing = catchThrowableOfType(Refused.class, () -> calls.post(TYPING, body));

        assertThat(sending.errcode()).isEqualTo(errcode);
        assertThat(typing.errcode()).isEqualTo(errcode);
    }

    @ParameterizedTest
    @ValueSource(strings = {SEND, TYPING})
    void isForVerifiedAccountsOnly(String path) {
        Registration registration = calls.account.registration();

        assertThat(calls.line(path).permitted()).accepts(registration).rejects(registration.verified(false));
        assertThat(calls.line(path).method()).isEqualTo(ApiCall.Method.POST);
    }
}
