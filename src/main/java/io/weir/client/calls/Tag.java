package io.weir.client.calls;

import java.util.OptionalLong;

/**
 * A tag that users carry and personalised menus match on.
 *
 * @param followers how many carry it, where WeChat has told
 */
public record Tag(long id, String name, OptionalLong followers) {}
