package io.weir.wechat.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RidTest {
    @Test
    void takesTheThreeGroupsOutOfAnErrmsg() {
        assertThat(Rid.in("user limited rid: 69ccd8cf-16c1a2b3-069fe4d5")).contains("69ccd8cf-16c1a2b3-069fe4d5");
        assertThat(Rid.in("invalid ip 1.2.3.4, rid: 69CCD8CF-16c1a2b3-069f, see the document"))
                .contains("69CCD8CF-16c1a2b3-069f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ok",
                "rid: ",
                "rid: 69ccd8cf",
                "rid: 69ccd8cf-16c1a2b3",
                "rid: 69ccd8cf-16c1a2b3-069fe4d5-1",
                "rid: not-hexa-decimal",
                "69ccd8cf-16c1a2b3-069fe4d5"
            })
    void findsNoneWhereThereIsNone(String errmsg) {
        assertThat(Rid.in(errmsg)).isEmpty();
    }
}
