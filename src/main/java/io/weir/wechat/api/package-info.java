/** WeChat's server API as far as it is pure: its error codes and what each of them asks of a client. */
@NullMarked
package io.weir.wechat.api;

import org.jspecify.annotations.NullMarked;
