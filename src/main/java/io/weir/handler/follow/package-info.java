/** What happens when a user follows the account, or no longer does. */
@NullMarked
package io.weir.handler.follow;

import org.jspecify.annotations.NullMarked;
