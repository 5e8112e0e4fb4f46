package io.weir.cli;

/** How wide a text is in columns of a terminal, where Chinese characters and emoji take two. */
public final class TerminalWidth {
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int EMOJI_VARIATION = 0xFE0F;

    private TerminalWidth() {}

    /** Columns. */
    public static int of(String text) {
        return text.codePoints().map(TerminalWidth::of).sum();
    }

    private static int of(int character) {
        if (character == ZERO_WIDTH_JOINER
                || character == EMOJI_VARIATION
                || Character.getType(character) == Character.NON_SPACING_MARK) {
            return 0;
        }
        boolean isWide = Character.isIdeographic(character)
                || (character >= 0x1100 && character <= 0x115F)
                || (character >= 0x2E80 && character <= 0xA4CF)
                || (character >= 0xAC00 && character <= 0xD7A3)
                || (character >= 0xFE30 && character <= 0xFF60)
                || (character >= 0x1F000 && character <= 0x1FAFF);
        return isWide ? 2 : 1;
    }
}
