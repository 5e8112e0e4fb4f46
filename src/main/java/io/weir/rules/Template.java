package io.weir.rules;

import io.weir.wechat.message.Push;
import java.util.List;

/** A text with placeholders, taken apart once so that rendering only joins. Values are inserted as they are. */
final class Template {
    /** Far above what WeChat takes; keeps a template with many placeholders from multiplying a long value without end. */
    private static final int MOST_CHARS = 65_536;

    private final List<Piece> pieces;
    private final String literalText;
    private final boolean fixed;

    /** What a template consists of. */
    interface Piece {
        void appendTo(StringBuilder text, Push push);
    }

    /** Text that stays as it is. */
    record Literal(String text) implements Piece {
        @Override
        public void appendTo(StringBuilder out, Push push) {
            out.append(text);
        }
    }

    Template(List<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
        StringBuilder literals = new StringBuilder();
        boolean onlyLiterals = true;
        for (Piece piece : pieces) {
            if (piece instanceof Literal literal) {
                literals.append(literal.text);
            } else {
                onlyLiterals = false;
            }
        }
        this.literalText = literals.toString();
        this.fixed = onlyLiterals;
    }

    /** Whether no push can change it. */
    boolean isFixed() {
        return fixed;
    }

    /** The text without its placeholders. */
    String literalText() {
        return literalText;
    }

    String render(Push push) {
        if (fixed) {
            return literalText;
        }
        StringBuilder text = new StringBuilder(literalText.length() + 64);
        for (int next = 0; next < pieces.size() && text.length() <= MOST_CHARS; next++) {
            pieces.get(next).appendTo(text, push);
        }
        return text.toString();
    }
}
