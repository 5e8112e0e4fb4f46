/**
 * WeChat's calls as typed methods, a class for each family; all others go through {@link
 * io.weir.client.WeChatClient#call(String, io.vertx.core.http.HttpMethod, String, com.fasterxml.jackson.databind.JsonNode)}.
 *
 * <p>All methods: any thread; the first argument is the name of the account in the configuration; futures fail with a
 * {@link io.weir.client.WeChatException}, or with an {@link IllegalArgumentException} for an argument that WeChat would not
 * take. Records hold openids and contents: they are not for logs.
 */
@NullMarked
package io.weir.client.calls;

import org.jspecify.annotations.NullMarked;
