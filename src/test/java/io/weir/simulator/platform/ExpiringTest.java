package io.weir.simulator.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.weir.simulator.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpiringTest {
    private final VirtualTime time = new VirtualTime(Instant.parse("2024-11-20T08:00:00Z"));
    private final List<String> gone = new ArrayList<>();
    private final Expiring<String> kept = new Expiring<>(time.clock(), Duration.ofMinutes(1), 2, gone::add);

    @Test
    void forgetsTheOldestWhenThereAreTooMany() {
        kept.put("a", "first");
        kept.put("b", "second");
        kept.put("a", "third");

        kept.put("c", "fourth");

        assertThat(kept.find("b")).isEmpty();
        assertThat(kept.find("a")).map(Expiring.Entry::value).contains("third");
        assertThat(kept.size()).isEqualTo(2);
        assertThat(gone).containsExactly("first", "second");
    }

    @Test
    void takesNoMemoryForWhatHasEnded() {
        kept.put("a", "first");

        time.advance(Duration.ofMinutes(1));
        kept.put("b", "second");

        assertThat(kept.size()).isOne();
        assertThat(gone).containsExactly("first");
    }

    @Test
    void replacesAValueUntilTheSameEnd() {
        kept.put("a", "first");
        time.advance(Duration.ofSeconds(59));

        kept.replace("a", "second");
        assertThat(kept.find("a")).map(Expiring.Entry::value).contains("second");
        time.advance(Duration.ofSeconds(1));

        assertThat(kept.find("a")).isEmpty();
    }

    @Test
    void tellsWhatIsGoneWhenItIsLoaded() {
        kept.put("a", "first");
        kept.put("b", "second");

        kept.load(kept.save(TextNode::valueOf), value -> value.asText() + "!");

        assertThat(gone).containsExactly("first", "second");
        assertThat(kept.find("a")).map(Expiring.Entry::value).contains("first!");
    }
}
