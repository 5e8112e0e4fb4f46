package io.weir.simulator.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PeopleTest {
    @Test
    void anotherNameHasAnotherOpenid() {
        List<String> names = List.of(
                "alice-1",
                "alice-10",
                "alice-100",
                "alice2d1",
                "Aa",
                "BB",
                "",
                "0",
                "爱丽丝",
                "a very long name indeed, Aa",
                "a very long name indeed, BB");

        assertThat(names.stream().map(People::openidOf))
                .doesNotHaveDuplicates()
                .allMatch(openid -> openid.matches("o[A-Za-z0-9_-]{27}"));
        assertThat(People.openidOf("alice-1")).isEqualTo(People.openidOf("alice-1"));
    }
}
