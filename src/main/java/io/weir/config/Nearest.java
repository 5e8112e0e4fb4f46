package io.weir.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean": guesses which of the known words was meant. */
public final class Nearest {
    private Nearest() {}

    /** The closest word if it is close: about one slip in three letters; case, {@code -} and {@code _} do not count. */
    public static Optional<String> of(String word, Collection<String> known) {
        String plain = plain(word);
        int allowed = Math.max(1, plain.length() / 3);
        return known.stream()
                .filter(each -> Math.abs(plain(each).length() - plain.length()) <= allowed)
                .min(Comparator.comparingInt(each -> distance(plain, plain(each))))
                .filter(each -> distance(plain, plain(each)) <= allowed);
    }

    static Optional<String> question(String word, Collection<String> known) {
        return of(word, known).map(each -> "did you mean \"" + each + "\"?");
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }

    /** Letters to insert, delete, replace or swap with their neighbour. */
    private static int distance(String left, String right) {
        int[][] steps = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : cheapest(steps, left, right, i, j);
            }
        }
        return steps[left.length()][right.length()];
    }

    private static int cheapest(int[][] steps, String left, String right, int i, int j) {
        int replace = steps[i - 1][j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        int cheapest = Math.min(replace, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        boolean swapped = i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(cheapest, steps[i - 2][j - 2] + 1) : cheapest;
    }
}
