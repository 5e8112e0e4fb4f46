/**
 * The public port: {@link io.weir.receiver.PushServer} accepts WeChat's requests over HTTP, {@link io.weir.receiver.PushEndpoint} refuses
 * what is not genuine, hands each push to the pipeline and answers with its outcome.
 */
@NullMarked
package io.weir.receiver;

import org.jspecify.annotations.NullMarked;
