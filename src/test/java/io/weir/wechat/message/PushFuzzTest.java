package io.weir.wechat.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wechat.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in the elements of a push, a record or {@link Unknown} comes of it, or the refusal of its form. */
class PushFuzzTest {
    private static final String[] TEXTS = {
        "",
        " ",
        "0",
        "-1",
        "1",
        "99999999999",
        "9999999999999999999999",
        "1.5",
        "1e9",
        "x",
        "微信 😀",
        ",",
        "err(9)",
        "qrscene_",
        "barcode",
        "NaN",
        "٣",
        "1.7976931348623157E308",
        "0x10",
        "+5",
        "event",
        "text"
    };

    @ParameterizedTest
    @MethodSource("io.weir.wechat.message.Samples#names")
    void readsOrRefusesAPushWithAnythingInIt(String sample) {
        Random random = new Random(sample.hashCode());
        XmlElement genuine = Samples.root(Samples.bytes(sample));
        int read = 0;

        for (int i = 0; i < 500; i++) {
            read += reads(mutated(genuine, random)) ? 1 : 0;
        }

        assertThat(read).isPositive();
    }

    private static boolean reads(XmlElement root) {
        try {
            PushReader.checkForm(root);
            Push push = PushReader.read("main", root);
            assertThat(push.type().record()).isEqualTo(push.getClass());
            assertThat(push.answerKey()).isNotNull();
            assertThat(push.toString()).isNotEmpty();
            return true;
        } catch (NotAPushException e) {
            return false;
        }
    }

    /** A tree in which now and then an element is left out, stands twice, is moved to the end or has another text. */
    private static XmlElement mutated(XmlElement element, Random random) {
        List<XmlElement> children = new ArrayList<>();
        for (XmlElement child : element.children()) {
            XmlElement copy = mutated(child, random);
            switch (random.nextInt(40)) {
                case 0 -> {}
                case 1 -> children.addAll(List.of(copy, copy));
                case 2 -> children.add(0, copy);
                case 3 ->
                    children.add(new XmlElement(copy.name(), TEXTS[random.nextInt(TEXTS.length)], copy.children()));
                case 4 -> children.add(new XmlElement(copy.name(), copy.text(), List.of()));
                default -> children.add(copy);
            }
        }
        return new XmlElement(element.name(), element.text(), children);
    }
}
