package io.weir.wechat.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.wechat.message.MenuEvent.Click;
import io.weir.wechat.message.MenuEvent.LocationSelect;
import io.weir.wechat.message.MenuEvent.PicPhotoOrAlbum;
import io.weir.wechat.message.MenuEvent.PicSysphoto;
import io.weir.wechat.message.MenuEvent.PicWeixin;
import io.weir.wechat.message.MenuEvent.Picture;
import io.weir.wechat.message.MenuEvent.ScancodePush;
import io.weir.wechat.message.MenuEvent.ScancodeWaitmsg;
import io.weir.wechat.message.MenuEvent.View;
import io.weir.wechat.message.MenuEvent.ViewMiniprogram;
import io.weir.wechat.xml.XmlException;
import io.weir.wechat.xml.XmlReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pushes in the documents that the project was started from, row by row as they must be understood. The rows about
 * menus as JSON, about WeChat's description of the current menu and about answers of its API belong to what reads those;
 * that a button without a rule gets a default answer or {@code success}, never an empty Content, belongs to the rules.
 */
class SeedSamplesTest {
    private static final Optional<String> MENU = Optional.of("MENUID");

    @Test
    void readsTheThreeTapsWithTheirPlaceholders() {
        Head head = new Head("main", "toUser", "FromUser", Instant.ofEpochSecond(123456789));

        assertThat(seed("CLICK")).isEqualTo(new Click(head, "EVENTKEY", Optional.empty()));
        assertThat(seed("VIEW")).isEqualTo(new View(head, "www.qq.com", MENU));
        assertThat(seed("view_miniprogram")).isEqualTo(new ViewMiniprogram(head, "pages/index/index", MENU));
    }

    @Test
    void readsTheTwoScans() {
        assertThat(seed("scancode_push")).isEqualTo(new ScancodePush(head(1408090502), "6", "qrcode", "1"));
        assertThat(seed("scancode_waitmsg")).isEqualTo(new ScancodeWaitmsg(head(1408090606), "6", "qrcode", "2"));
    }

    @Test
    void readsTheThreeWaysToSendAPicture() {
        List<Picture> photo = List.of(new Picture(Optional.of("1b5f7c23b5bf75682a53e7b6d163e185")));
        List<Picture> chosen = List.of(new Picture(Optional.of("5a75aaca956d97be686719218f275c6b")));

        assertThat(seed("pic_sysphoto")).isEqualTo(new PicSysphoto(head(1408090651), "6", 1, photo));
        assertThat(seed("pic_photo_or_album")).isEqualTo(new PicPhotoOrAlbum(head(1408090816), "6", 1, chosen));
        assertThat(seed("pic_weixin")).isEqualTo(new PicWeixin(head(1408090816), "6", 1, chosen));
    }

    @Test
    void keepsTwoPushesOfOneSenderAndSecondApartByTheirKind() {
        Push album = seed("pic_photo_or_album");
        Push weixin = seed("pic_weixin");

        assertThat(album.head()).isEqualTo(weixin.head());
        assertThat(album).isNotEqualTo(weixin);
        assertThat(album.type()).isNotSameAs(weixin.type());
    }

    @Test
    void readsThePlaceWithTheBlankBeforeItsAddress() {
        assertThat(seed("location_select"))
                .isEqualTo(new LocationSelect(
                        head(1408091189),
                        "6",
                        new BigDecimal("23"),
                        new BigDecimal("113"),
                        15,
                        " 广州市海珠区客村艺苑路 106 号",
                        Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scancode_push",
                "scancode_waitmsg",
                "pic_sysphoto",
                "pic_photo_or_album",
                "pic_weixin",
                "location_select"
            })
    void tellsKindsApartThatShareTheirKey(String name) {
        Push push = seed(name);

        assertThat(push.answerKey()).contains("6");
        assertThat(push.type().wireName()).isEqualTo(name);
    }

    @Test
    void takesMenuIdInTheSpellingOfTheParameterTable() {
        String xml = new String(Samples.load("/seeds/VIEW.xml"), StandardCharsets.UTF_8);

        Push push = Samples.pushOf(xml.replace("MenuId>", "MenuID>"));

        assertThat(push).isEqualTo(seed("VIEW"));
    }

    @Test
    void refusesWhatIsLeftOfAWebPage() {
        byte[] debris = Samples.load("/seeds/debris.txt");

        assertThatThrownBy(() -> XmlReader.read(debris)).isInstanceOf(XmlException.class);
    }

    private static Push seed(String name) {
        return Samples.push(Samples.load("/seeds/" + name + ".xml"));
    }

    private static Head head(long seconds) {
        return new Head("main", "gh_e136c6e50636", "oMgHVjngRipVsoxg6TuX3vz6glDg", Instant.ofEpochSecond(seconds));
    }
}
