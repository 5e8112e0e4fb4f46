package io.weir.wechat.menu;

/** A sentence in both languages of the users. */
record Words(String english, String chinese) {}
