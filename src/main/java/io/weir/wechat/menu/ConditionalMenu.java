package io.weir.wechat.menu;

import java.util.Optional;

/**
 * A personalised menu.
 *
 * @param menuid digits; empty before it is published
 */
public record ConditionalMenu(Menu menu, MatchRule matchRule, Optional<String> menuid) {}
