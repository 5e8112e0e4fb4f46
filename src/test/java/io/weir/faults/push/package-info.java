/** WeChat's side: pushes, made and sent as push-protocol.md has it, what came of each attempt, and whether it fits the handlers' runs. */
@NullMarked
package io.weir.faults.push;

import org.jspecify.annotations.NullMarked;
