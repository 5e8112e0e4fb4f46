/**
 * What the built-in handlers answer: the text of a replies file becomes {@link io.weir.rules.ReplyRules}, which find the
 * {@link io.weir.rules.Rule} for a push and render its reply.
 *
 * <p>May import {@code io.weir.wechat.message}, {@code io.weir.config}, Jackson's tree, RE2/J and JSpecify. Everything that can be known
 * from the file alone is settled when it is read: placeholders are resolved, keywords indexed, expressions compiled, so
 * that a push costs the same however many rules there are (only regular expressions are tried one by one).
 *
 * <p>Deliberately absent: file access and watching (callers hand over the text), logging, Vert.x, cutting a reply to
 * WeChat's limits ({@link io.weir.wechat.message.ReplyLimits} does that for every handler).
 */
@NullMarked
package io.weir.rules;

import org.jspecify.annotations.NullMarked;
