package io.weir.bench;

/**
 * A push, ready to be sent.
 *
 * @param openId who tapped the button; nobody taps twice
 * @param key the EventKey of the button
 * @param request the whole HTTP request, ASCII
 */
record Push(String openId, String key, String request) {}
