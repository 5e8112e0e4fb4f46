package io.weir.menu.file;

import java.io.Serial;
import java.util.Collection;

/** The account has no tag of that name. Expected: no stack trace. */
public final class UnknownTagException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public UnknownTagException(String name, Collection<String> known) {
        super(
                "the account has no tag \"" + name + "\"; it has: "
                        + (known.isEmpty() ? "none" : String.join(", ", known)),
                null,
                false,
                false);
    }
}
