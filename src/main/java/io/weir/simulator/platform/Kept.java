package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A part of an account's state that survives a restart when there is a file for it. */
public interface Kept {
    /** Everything, for the file. */
    ObjectNode save();

    /** Takes the place of what is there by what {@link #save} has written. */
    void load(ObjectNode saved);
}
