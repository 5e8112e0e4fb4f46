/**
 * Backends: systems of the account's owner that answer pushes over HTTP, in whatever language. A {@link
 * io.weir.backend.BackendConfig.Dialect} says how a push is put to one and how its answer is read: as a CloudEvent in JSON, or as
 * WeChat itself would ask.
 *
 * <p>A feature: it implements {@link io.weir.dispatch.Backends}, by which the rules ask; {@code Gateway} joins the two. Deliberately
 * absent: which push goes to which backend (the replies file says that), the deadline of the push and what becomes of a late answer
 * (the pipeline's), queues: a request that cannot leave at once fails at once.
 */
@NullMarked
package io.weir.backend;

import org.jspecify.annotations.NullMarked;
