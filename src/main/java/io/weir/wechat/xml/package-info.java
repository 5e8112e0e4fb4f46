/**
 * WeChat's XML, read and written: the hardened reader (bytes to a tree) and the writer that is always well-formed.
 *
 * <p>Core: pure Java. Only this package touches an XML library. Deliberately absent: namespaces, attributes, DTDs,
 * validation, any knowledge of what the elements mean.
 */
@NullMarked
package io.weir.wechat.xml;

import org.jspecify.annotations.NullMarked;
