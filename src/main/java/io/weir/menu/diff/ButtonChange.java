package io.weir.menu.diff;

import io.weir.wechat.menu.Button;
import java.util.List;
import java.util.stream.Stream;

/**
 * What becomes of one button.
 *
 * @param button as it will be, or as it was when it is removed
 * @param from its place before, from 0; -1 when it is added
 * @param to its place afterwards; -1 when it is removed
 * @param fields what differs, also of one that moves
 * @param children what becomes of the buttons in a sub-menu
 */
public record ButtonChange(
        Change change, Button button, int from, int to, List<FieldChange> fields, List<ButtonChange> children) {
    public ButtonChange {
        fields = List.copyOf(fields);
        children = List.copyOf(children);
    }

    /** Whether nothing becomes of it, nor of any button in it. */
    boolean isQuiet() {
        return change == Change.KEPT && children.stream().allMatch(ButtonChange::isQuiet);
    }

    /** It and all in it. */
    Stream<ButtonChange> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(ButtonChange::all));
    }
}
