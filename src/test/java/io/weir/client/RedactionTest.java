package io.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.client.ResponseParser.Redaction;
import io.weir.config.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactionTest {
    private static final String TOKEN = "80_ab+cd/ef==";

    private final Redaction redaction = new Redaction(List.of(Secret.of(TOKEN), Secret.of("")));

    @Test
    void hidesTheSecretsOfTheCallHoweverTheyAreWritten() {
        assertThat(redaction.errmsg("got 80_ab+cd/ef== and 80_ab%2Bcd%2Fef%3D%3D."))
                .isEqualTo("got *** and ***.");
        assertThat(redaction.excerpt("got 80_ab+cd/ef== and 80_ab%2Bcd%2Fef%3D%3D."))
                .isEqualTo("got *** and ***.");
    }

    @Test
    void keepsWhatAnErrmsgIsReadFor() {
        String errmsg =
                "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 69ccd8cf-16c1a2b3-069fe4d5";

        assertThat(redaction.errmsg(errmsg)).isEqualTo(errmsg);
    }

    @Test
    void hidesOpenIdsAndWhateverLooksLikeASecret() {
        assertThat(redaction.errmsg("invalid openid: oY7hTs2Jk9Lm4Np6Qr8St0Uv2Wx4 hint"))
                .isEqualTo("invalid openid: *** hint");
        assertThat(redaction.errmsg("secret=short")).isEqualTo("secret=***");
        assertThat(redaction.errmsg("\"access_token\": \"abc\"")).isEqualTo("\"access_token\": \"***\"");
    }

    @Test
    void hidesAnObjectThatIsSaidBack() {
        assertThat(redaction.errmsg("data format error near {\"text\":\"hello\n\"} line 1"))
                .isEqualTo("data format error near {***");
    }

    @Test
    void makesAShortLineOfAPage() {
        String page =
                "<html>\r\n<head><title>502 Bad Gateway</title></head>\n<body>\u0007/wx?access_token=aVeryLongOne123";

        assertThat(redaction.excerpt(page)).isEqualTo("502 Bad Gateway ***");
        assertThat(redaction.excerpt("word ".repeat(100))).hasSizeLessThan(90).endsWith("…");
        assertThat(redaction.errmsg("word ".repeat(100))).hasSizeLessThan(310).endsWith("…");
    }
}
