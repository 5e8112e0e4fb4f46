package io.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.weir.simulator.people.ChatLine.Origin;
import io.weir.simulator.people.Person;
import io.weir.simulator.people.Phone.NotAFollowerException;
import io.weir.simulator.people.Seen;
import io.weir.simulator.people.TapInput;
import io.weir.simulator.platform.PlatformAccount;
import io.weir.simulator.platform.StoredMaterial;
import io.weir.simulator.platform.Windows.Trigger;
import io.weir.simulator.platform.Windows.Window;
import io.weir.simulator.push.Delivered;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.PushOrder;
import io.weir.simulator.push.SimulatedPush;
import io.weir.testkit.WeirExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person's client does after a tap, and what the gateway gets of it: menu-api.md §2–3, in safe mode. */
class TapsTest {
    @RegisterExtension
    static final WeirExtension WEIR =
            WeirExtension.create().mode(PushMode.SAFE).virtualTime().replies("""
                    CLICK: { default: { text: "clicked {eventKey}" } }
                    scancode_push: { default: { text: "pushed {scanResult}" } }
                    scancode_waitmsg: { default: { text: "waited {scanResult}" } }
                    pic_weixin: { default: { text: "{count} pictures" } }
                    location_select: { default: { text: "at {label}" } }
                    location: { default: { text: "message from {label}" } }
                    subscribe: { default: { text: "welcome" }, door: { text: "welcome at the entrance" } }
                    SCAN: { door: { text: "again at the entrance" } }
                    """);

    private static final Pattern MD5 = Pattern.compile("<PicMd5Sum><!\\[CDATA\\[([0-9a-f]{32})]]></PicMd5Sum>");

    @Test
    void aClickIsAnswered(Person alice) {
        alice.taps("V1001_SUNCK").sees("clicked V1001_SUNCK").afterAttempts(1);
    }

    @Test
    void aPageOpensAndTheAccountIsTold(Person alice) {
        Seen seen = alice.taps("https://www.example.com/index/").seesNothing();

        assertThat(pushes(seen)).extracting(SimulatedPush::type).containsExactly("VIEW");
        assertThat(pushes(seen).get(0).value("MenuId")).matches("[0-9]{9}");
        assertThat(alice.chat()).extracting("text").containsExactly("[page https://www.example.com/index/]");
    }

    @Test
    void openingASubMenuSendsNothing(Person alice) {
        alice.taps("逛一逛").causesNoPush();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sample-image", "sample-news"})
    void materialIsShownWithoutTellingTheAccount(String mediaId, Person alice) {
        alice.taps(mediaId).causesNoPush();

        assertThat(alice.chat()).singleElement().satisfies(line -> {
            assertThat(line.origin()).isEqualTo(Origin.PLATFORM);
            assertThat(line.text()).contains(mediaId);
        });
    }

    @Test
    void aScannedCodeIsAnswered(Person alice) {
        alice.taps("rselfmenu_0_0", TapInput.scanning("parcel 12")).sees("waited parcel 12");
        alice.taps("rselfmenu_0_1", TapInput.scanning("parcel 13")).sees("pushed parcel 13");
    }

    @Test
    void picturesArriveAsMessagesWhoseBytesHaveTheSumsOfTheEvent(Person alice) {
        Seen seen = alice.taps("rselfmenu_1_2", TapInput.pictures(3)).sees("3 pictures");

        List<SimulatedPush> pushes = pushes(seen);
        assertThat(pushes).extracting(SimulatedPush::type).containsExactly("pic_weixin", "image", "image", "image");
        List<String> announced = MD5.matcher(pushes.get(0).xml())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(pushes.stream().skip(1).map(this::sumOfPicture)).containsExactlyElementsOf(announced);
        assertThat(announced).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void pictureMessagesMayComeBeforeTheirEvent(Person alice) {
        Seen seen = alice.taps("rselfmenu_1_2", TapInput.pictures(1).withPicturesFirst());

        assertThat(pushes(seen)).extracting(SimulatedPush::type).containsExactly("image", "pic_weixin");
    }

    @Test
    void aChosenPlaceIsFollowedByALocationMessage(Person alice) {
        TapInput.Place place = new TapInput.Place("31.2", "121.4", "16", "人民大道", "");

        alice.taps("rselfmenu_2_0", TapInput.at(place)).seesAll("at 人民大道", "message from 人民大道");
    }

    @Test
    void oldClientsStaySilent(Person alice) {
        alice.phone().usesOldClient(true);

        for (String key : List.of("rselfmenu_0_0", "rselfmenu_0_1", "rselfmenu_1_0", "rselfmenu_2_0")) {
            alice.taps(key).causesNoPush();
        }
        alice.taps("V1001_SUNCK").sees("clicked V1001_SUNCK");
    }

    @Test
    void followsByACodeAndScansItAgain(Person alice) {
        alice.unfollows().seesNothing();
        alice.follows().sees("welcome");
        alice.unfollows();

        alice.scansQrCode("door").sees("welcome at the entrance");
        alice.scansQrCode("door").sees("again at the entrance");
    }

    @Test
    void whoHasLeftSeesNoMenuAndCannotWrite(Person alice) {
        alice.menu();
        alice.unfollows();

        assertThat(alice.menu()).isEmpty();
        assertThatThrownBy(() -> alice.taps("V1001_SUNCK")).isInstanceOf(NotAFollowerException.class);
        assertThatThrownBy(() -> alice.says("hello")).isInstanceOf(NotAFollowerException.class);
        assertThatThrownBy(alice::sendsPicture).isInstanceOf(NotAFollowerException.class);
        alice.unfollows().causesNoPush();
    }

    @Test
    void onlyANewFollowFetchesTheMenuBeforeItsTime(Person alice) {
        String before = alice.menu().orElseThrow().toString();
        PlatformAccount account = WEIR.wechat().account("dev");
        WEIR.wechat().platform().exclusively(() -> {
            account.menus().create(Buffer.buffer(before.replace("\"sunck\"", "\"renamed\"")));
            return account;
        });

        alice.scansQrCode("door");
        assertThat(alice.menu().orElseThrow()).hasToString(before);

        alice.unfollows();
        alice.scansQrCode("door");
        assertThat(alice.menu().orElseThrow().toString()).contains("renamed");
    }

    @Test
    void aPictureIsAtItsPicUrlToo(Person alice) throws Exception {
        List<SimulatedPush> pushes = new ArrayList<>(pushes(alice.sendsPicture()));
        pushes.add(pushes(alice.taps("rselfmenu_1_2")).get(1));

        for (SimulatedPush push : pushes) {
            URI url = URI.create(push.value("PicUrl"));
            HttpRequest get =
                    HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(20)).build();
            byte[] found = HttpClient.newHttpClient()
                    .send(get, BodyHandlers.ofByteArray())
                    .body();
            assertThat(md5(Buffer.buffer(found))).isEqualTo(sumOfPicture(push));
        }
    }

    @Test
    void aTapOnAnEntryOfAMsgmenuCountsAsMenuClick(Person alice) {
        alice.sends(PushOrder.of("text").withField("bizmsgmenuid", "101"));

        List<Window> open = WEIR.wechat()
                .platform()
                .exclusively(
                        () -> WEIR.wechat().account("dev").customerMessages().left(alice.openid()));
        assertThat(open).extracting(Window::trigger).containsExactly(Trigger.MENU_CLICK);
    }

    private String sumOfPicture(SimulatedPush image) {
        StoredMaterial.File file = WEIR.wechat()
                .platform()
                .exclusively(() -> WEIR.wechat().account("dev").materials().temporary(image.value("MediaId")));
        return md5(file.bytes());
    }

    private static List<SimulatedPush> pushes(Seen seen) {
        return seen.reaction().pushes().stream().map(Delivered::push).toList();
    }

    private static String md5(Buffer bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes.getBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
