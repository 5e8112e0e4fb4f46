package io.weir.wechat.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wechat.xml.XmlElement;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PushIdDigestTest {
    private static final String OTHER_USER = "oOther";

    private final PushIdDigest digest = new PushIdDigest();

    static List<String> samples() {
        return Samples.names();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isTheSameForEveryAttempt(String sample) {
        assertThat(idOf(Samples.root(Samples.bytes(sample))))
                .isEqualTo(new PushIdDigest().of(Samples.push(sample), Samples.root(Samples.bytes(sample))));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void doesNotDependOnTheOrderOfTheElements(String sample) {
        XmlElement root = Samples.root(Samples.bytes(sample));
        List<XmlElement> shuffled = new ArrayList<>(root.children());
        Collections.shuffle(shuffled, new Random(7));

        assertThat(idOf(new XmlElement(root.name(), root.text(), shuffled))).isEqualTo(idOf(root));
    }

    @Test
    void tellsAllSamplesApart() {
        assertThat(samples().stream().map(Samples::bytes).map(Samples::root).map(this::idOf))
                .doesNotHaveDuplicates();
    }

    @Test
    void makesNoDifferenceBetweenCdataAndText() {
        assertThat(id(Samples.event("CLICK", "<EventKey><![CDATA[K]]></EventKey>")))
                .isEqualTo(id(Samples.event("CLICK", "<EventKey>K</EventKey>")));
    }

    @Test
    void tellsMessagesOfTwoSendersWithOneMsgIdApart() {
        String message = Samples.message("text", "<Content>a</Content>");

        assertThat(id(message)).isNotEqualTo(id(message.replace("oUser", OTHER_USER)));
    }

    @Test
    void knowsAMessageByItsMsgIdAlone() {
        String message = Samples.message("text", "<Content>a</Content>");

        assertThat(id(message)).isEqualTo(id(message.replace(">a<", ">b<")));
        assertThat(id(message)).isNotEqualTo(id(message.replace("<MsgId>1<", "<MsgId>8<")));
    }

    @Test
    void knowsAMessageOfANewKindByItsMsgId() {
        String message = Samples.message("hologram", "<Depth>3</Depth>");

        assertThat(id(message)).isEqualTo(id(message.replace(">3<", ">2<")));
        assertThat(id(message)).isNotEqualTo(id(message.replace("<MsgId>1<", "<MsgId>8<")));
    }

    @Test
    void tellsEventsOfOneSecondApart() {
        assertThat(List.of(
                        id(Samples.event("CLICK", "<EventKey>A</EventKey>")),
                        id(Samples.event("CLICK", "<EventKey>B</EventKey>")),
                        id(Samples.event("VIEW", "<EventKey>A</EventKey>")),
                        id(Samples.event("subscribe", "")),
                        id(Samples.event("SCAN", "<EventKey>A</EventKey><Ticket>1</Ticket>")),
                        id(Samples.event("SCAN", "<EventKey>A</EventKey><Ticket>2</Ticket>")),
                        id(Samples.event("hologram", "<Depth>1</Depth>")),
                        id(Samples.event("hologram", "<Depth>2</Depth>")),
                        id(Samples.event("hologram", "<In><Depth>2</Depth></In>")),
                        id(Samples.event("hologram", "<In><Depth>2</Depth><Depth>2</Depth></In>"))))
                .doesNotHaveDuplicates();
    }

    @Test
    void cannotBeMadeEqualByWhatAUserEnters() {
        assertThat(id(Samples.event("CLICK", "<A>x</A><B>y</B>")))
                .isNotEqualTo(id(Samples.event("CLICK", "<A>xB</A><C>y</C>")))
                .isNotEqualTo(id(Samples.event("CLICK", "<A><![CDATA[x</A><B>y]]></A>")))
                .isNotEqualTo(id(Samples.event("CLICK", "<A></A><B>xy</B>")));
    }

    @Test
    void tellsTheAccountsApart() {
        XmlElement root = Samples.root(Samples.bytes("event/CLICK"));

        assertThat(digest.of(PushReader.read("one", root), root))
                .isNotEqualTo(digest.of(PushReader.read("two", root), root));
    }

    @Test
    void suppressesNoneOfManyDifferentPushes() {
        Set<PushId> ids = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            ids.add(id(Samples.event("CLICK", "<EventKey>" + i + "</EventKey>")));
            ids.add(id(Samples.message("text", "<Content>a</Content>").replace("<MsgId>1<", "<MsgId>" + i + "<")));
            ids.add(id(Samples.message("text", "<Content>a</Content>").replace("oUser", "o" + i)));
        }

        assertThat(ids).hasSize(30_000);
    }

    @Test
    void isAPartOfAKey() {
        assertThat(id(Samples.event("CLICK", "<EventKey>A</EventKey>")).text()).matches("[A-Za-z0-9_-]{22}");
    }

    private PushId id(String xml) {
        return idOf(Samples.root(xml.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private PushId idOf(XmlElement root) {
        return digest.of(PushReader.read(Samples.ACCOUNT, root), root);
    }

    @Test
    void isWrittenInUrlSafeBase64() {
        Random random = new Random(5);
        for (int i = 0; i < 1_000; i++) {
            PushId id = new PushId(random.nextLong(), random.nextLong());
            byte[] bytes =
                    ByteBuffer.allocate(16).putLong(id.high()).putLong(id.low()).array();

            assertThat(id.text())
                    .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
    }
}
