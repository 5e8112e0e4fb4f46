package io.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.simulator.Simulator;
import io.weir.simulator.people.Person;
import io.weir.simulator.people.Phone.NoSuchButtonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WeirExtension.class)
class WeirExtensionTest {
    @Test
    void theJokeButtonTellsAJoke(Person alice) {
        alice.taps("V1001_SUNCK").sees("sunck is a good man");
    }

    @Test
    void givesEachTestPeopleOfItsOwn(Person alice, Person bob, Simulator wechat) {
        alice.taps("V1001_SUNCK");

        assertThat(alice.chat()).hasSize(1);
        assertThat(bob.chat()).isEmpty();
        assertThat(wechat.people("dev").all()).extracting("openid").contains(alice.openid(), bob.openid());
    }

    @Test
    void aFailedExpectationTellsWhatWasSeen(Person alice) {
        assertThatThrownBy(() -> alice.taps("V1001_SUNCK").sees("something else"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("something else")
                .hasMessageContaining("REPLY 'sunck is a good man'")
                .hasMessageContaining("CLICK in 1 attempts");
    }

    @Test
    void aButtonThatIsNotThereIsNamedWithThoseThatAre(Person alice) {
        assertThatThrownBy(() -> alice.taps("NO_SUCH_KEY"))
                .isInstanceOf(NoSuchButtonException.class)
                .hasMessageContaining("NO_SUCH_KEY")
                .hasMessageContaining("(V1001_SUNCK)");
    }
}
