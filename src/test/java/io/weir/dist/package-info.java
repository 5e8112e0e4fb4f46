/** What is shipped beside the jar: launcher, packages, recipes for containers. */
@NullMarked
package io.weir.dist;

import org.jspecify.annotations.NullMarked;
