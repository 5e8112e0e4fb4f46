package io.weir.simulator.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureTest {
    @Test
    void isAPictureThatOthersCanRead() throws IOException {
        BufferedImage image =
                ImageIO.read(new ByteArrayInputStream(Materials.picture("seed").getBytes()));

        assertThat(image.getWidth()).isEqualTo(80);
        assertThat(image.getHeight()).isEqualTo(80);
        Set<Integer> colours = new HashSet<>();
        IntStream.range(0, 80).forEach(y -> IntStream.range(0, 80).forEach(x -> colours.add(image.getRGB(x, y))));
        assertThat(colours).hasSize(4);
    }

    /** Pinned: who keeps an MD5 finds the same picture with the next release and on another machine. */
    @ParameterizedTest
    @CsvSource({"sample-image, f292417ce6424e73a97d31eac1311a58", "alice-1, 876ab24b8e9869cbad48081621c997f7"})
    void hasTheSameBytesEverywhere(String seed, String md5) throws NoSuchAlgorithmException {
        byte[] digest =
                MessageDigest.getInstance("MD5").digest(Materials.picture(seed).getBytes());

        assertThat(HexFormat.of().formatHex(digest)).isEqualTo(md5);
    }

    @Test
    void differsBySeed() {
        Set<Buffer> pictures = new HashSet<>();

        IntStream.range(0, 1000).forEach(seed -> pictures.add(Materials.picture("alice-" + seed)));

        assertThat(pictures)
                .hasSize(1000)
                .allSatisfy(picture -> assertThat(picture.length()).isLessThan(5 * 1024));
    }
}
