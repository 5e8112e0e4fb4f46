package io.weir.client.calls;

import java.util.Locale;

/** Kinds of material (material-tags.md). */
public enum MaterialType {
    IMAGE,
    VOICE,
    VIDEO,
    /** A small jpg, for videos, music and mini program cards; only uploaded, never listed. */
    THUMB,
    /** Articles; only listed, never uploaded. */
    NEWS;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
