/**
 * The rules of {@code replies.yaml}, live: which account answers by which rules, and taking in a changed file.
 *
 * <p>Infrastructure: it knows no feature. What a rule means stands in {@link io.weir.rules}.
 */
@NullMarked
package io.weir.replies;

import org.jspecify.annotations.NullMarked;
