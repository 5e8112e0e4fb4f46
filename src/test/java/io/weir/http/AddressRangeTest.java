package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, 11.0.0.1",
        "101.226.103.0/25, 101.226.103.127, 101.226.103.128",
        "203.0.113.7, 203.0.113.7, 203.0.113.8",
        "203.0.113.7/31, 203.0.113.6, 203.0.113.8",
        "2001:db8::/33, 2001:db8:7fff::1, 2001:db8:8000::1",
        "2001:db8::1, 2001:DB8:0::1, 2001:db8::2",
        "10.0.0.0/8, ::ffff:10.1.1.1, ::ffff:11.1.1.1",
        "0.0.0.0/0, 198.51.100.1, ::1",
        "::/0, 2001:db8::1, 198.51.100.1"
    })
    void hasTheAddressesWhoseFirstBitsAreItsOwn(String range, String inside, String outside) {
        List<AddressRange> ranges = List.of(AddressRange.parse(range).orElseThrow());

        assertThat(AddressRange.anyContains(ranges, inside)).isTrue();
        assertThat(AddressRange.anyContains(ranges, outside)).isFalse();
        assertThat(AddressRange.anyContains(ranges, "example.com")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "wechat", "10.0.0", "10.0.0.0/33", "10.0.0.0/", "::1/129", "10.0.0.0/-1", "10.0.0.0/8/8"})
    void isNothingElse(String text) {
        assertThat(AddressRange.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1",
                "[::1]", "::", "fd00::1", "fe80::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "255.255.255.255",
                        "224.0.0.1"
            })
    void knowsWhatIsNotOnThePublicInternet(String address) {
        assertThat(AddressRange.isSpecial(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"61.182.130.30", "172.32.0.1", "2001:db8::1", "240e::1", "qq.com"})
    void doesNotTakeOthersForIt(String address) {
        assertThat(AddressRange.isSpecial(address)).isFalse();
    }
}
