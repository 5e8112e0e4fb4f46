/** The answers to ordinary messages. */
@NullMarked
package io.weir.handler.message;

import org.jspecify.annotations.NullMarked;
