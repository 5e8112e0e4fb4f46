package io.weir.cli;

import java.util.Optional;

/**
 * Says in terminal words what an exception of another floor means: how the composition root plugs in, for example, the
 * configuration's problems as exit code 78 without this package knowing them.
 */
@FunctionalInterface
public interface ExceptionTranslator {
    /** The message and exit code for {@code failure}, or empty when it is not one that this translator knows. */
    Optional<CommandException> translate(Throwable failure);
}
