package io.weir.menu.diff;

/** What becomes of a button or a menu. */
public enum Change {
    KEPT(" "),
    CHANGED("~"),
    MOVED(">"),
    /** The same, but published anew so that the newest still wins. */
    REPUBLISHED("^"),
    ADDED("+"),
    REMOVED("-");

    private final String sign;

    Change(String sign) {
        this.sign = sign;
    }

    /** One character, for the margin of a text. */
    String sign() {
        return sign;
    }
}
