package io.weir.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeywordAutomatonTest {

    @Test
    void findsKeywordsThatOverlap() {
        KeywordAutomaton automaton = new KeywordAutomaton(Map.of("she", 3, "he", 2, "hers", 1, "his", 0));

        assertThat(automaton.earliest("ushe")).isEqualTo(2);
        assertThat(automaton.earliest("ushers")).isEqualTo(1);
        assertThat(automaton.earliest("ahishers")).isEqualTo(0);
        assertThat(automaton.earliest("hrs")).isEqualTo(KeywordAutomaton.NONE);
        assertThat(automaton.earliest("")).isEqualTo(KeywordAutomaton.NONE);
    }

    @Test
    void findsNothingWithoutKeywords() {
        assertThat(new KeywordAutomaton(Map.of()).earliest("abc")).isEqualTo(KeywordAutomaton.NONE);
    }

    @Test
    void findsAKeywordInsideALongerOne() {
        KeywordAutomaton automaton = new KeywordAutomaton(Map.of("abcd", 5, "bc", 1, "c\u0000", 0));

        assertThat(automaton.earliest("abcx")).isEqualTo(1);
        assertThat(automaton.earliest("c\u0000")).isZero();
    }

    @Test
    void agreesWithASearchForEachKeyword() {
        Random random = new Random(20_481_024L);
        for (int round = 0; round < 2_000; round++) {
            Map<String, Integer> ranks = new HashMap<>();
            int keywords = random.nextInt(12);
            for (int rank = 0; rank < keywords; rank++) {
                ranks.putIfAbsent(word(random, 1 + random.nextInt(5)), rank);
            }
            String text = word(random, random.nextInt(30));

            assertThat(new KeywordAutomaton(ranks).earliest(text))
                    .as("%s in %s", ranks, text)
                    .isEqualTo(naive(ranks, text));
        }
    }

    @Test
    void agreesWithASearchForEachOfTenThousandKeywords() {
        Random random = new Random(7L);
        Map<String, Integer> ranks = new HashMap<>();
        for (int rank = 0; rank < 10_000; rank++) {
            ranks.putIfAbsent(chinese(random, 2 + random.nextInt(6)), rank);
        }
        KeywordAutomaton automaton = new KeywordAutomaton(ranks);

        for (int round = 0; round < 50; round++) {
            String text = chinese(random, 200);
            assertThat(automaton.earliest(text)).isEqualTo(naive(ranks, text));
        }
    }

    private static int naive(Map<String, Integer> ranks, String text) {
        return ranks.entrySet().stream()
                .filter(each -> text.contains(each.getKey()))
                .mapToInt(Map.Entry::getValue)
                .min()
                .orElse(KeywordAutomaton.NONE);
    }

    private static String word(Random random, int length) {
        return letters(random, length, 'a', 3);
    }

    private static String chinese(Random random, int length) {
        return letters(random, length, '一', 50);
    }

    private static String letters(Random random, int length, char first, int count) {
        return IntStream.range(0, length)
                .mapToObj(each -> String.valueOf((char) (first + random.nextInt(count))))
                .collect(Collectors.joining());
    }
}
