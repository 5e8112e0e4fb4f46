package io.weir.simulator.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.simulator.api.Bodies;
import io.weir.simulator.chat.Content;
import io.weir.simulator.platform.Materials;
import java.net.URI;
import java.time.Clock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Customer-service messages, one of each msgtype of token-and-server-api.md §8. */
class ReceivedMessageTest {
    private final MaterialSight materials =
            new MaterialSight(new Materials(Clock.systemUTC(), id -> false, () -> URI.create("http://127.0.0.1:1")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'msgtype':'text','text':{'content':'hi'}}                                   | text        | hi
                    {'msgtype':'image','image':{'media_id':'m'}}                                 | image       | [image m]
                    {'msgtype':'voice','voice':{'media_id':'m'}}                                 | voice       | [voice m]
                    {'msgtype':'video','video':{'media_id':'m','thumb_media_id':'t','title':'T'}} | video      | [video m] T
                    {'msgtype':'music','music':{'musicurl':'u','hqmusicurl':'h','thumb_media_id':'t','title':'T'}} | music | [music t] T
                    {'msgtype':'news','news':{'articles':[{'title':'T','description':'','url':'u','picurl':''}]}} | news | [article] T u
                    {'msgtype':'mpnews','mpnews':{'media_id':'sample-news'}}                     | material    | [mpnews sample-news]
                    {'msgtype':'mpnewsarticle','mpnewsarticle':{'article_id':'a'}}               | other       | [mpnewsarticle a]
                    {'msgtype':'wxcard','wxcard':{'card_id':'c'}}                                | other       | [wxcard c]
                    {'msgtype':'miniprogrampage','miniprogrampage':{'title':'T','appid':'wx1','pagepath':'p'}} | miniprogram | [mini program wx1] T
                    """)
    void isSeenAsWhatItIs(String message, String kind, String text) {
        Content content = ReceivedMessage.of(Bodies.object(message.replace('\'', '"')), materials);

        assertThat(content.kind()).isEqualTo(kind);
        assertThat(content.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"sample-image, image", "sample-news, news", "none, other"})
    void materialIsShownAsWhatItStandsFor(String mediaId, String kind) {
        assertThat(materials.of("material", mediaId).json().at("/shown/kind").asText())
                .isEqualTo(kind);
    }
}
