package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The permanent and temporary material of an account (material-tags.md). */
public final class Materials implements Kept {
    /** The type of a permanent material. */
    public Optional<String> kindOf(String mediaId) {
        return Optional.empty();
    }

    @Override
    public ObjectNode save() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public void load(ObjectNode saved) {}
}
