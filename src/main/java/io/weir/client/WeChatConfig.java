package io.weir.client;

import io.weir.config.Section;
import java.net.URI;
import java.time.Duration;

/**
 * Where WeChat's server API is: section {@code wechat} of the configuration.
 *
 * @param baseUri regional entries, private proxies and simulators may stand here; http is legal
 * @param timeout of one request from the connection to the last byte; a call with its repeats takes twice that at most
 */
public record WeChatConfig(URI baseUri, Duration timeout) {
    /** The settings that hold where the configuration says nothing. */
    public static final WeChatConfig DEFAULT =
            new WeChatConfig(URI.create("https://api.weixin.qq.com"), Duration.ofSeconds(5));

    /** Reads section {@code wechat}. */
    public static WeChatConfig read(Section root) {
        Section section = root.section("wechat");
        URI baseUri = section.uri("baseUri", DEFAULT.baseUri, "https", "http");
        Duration timeout = section.duration("timeout", DEFAULT.timeout, Duration.ofMillis(100), Duration.ofSeconds(60));
        section.refuseUnknownKeys();
        return new WeChatConfig(baseUri, timeout);
    }
}
