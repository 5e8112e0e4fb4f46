package io.weir.wechat.api;

/**
 * One of WeChat's error codes with what it means and what helps, in both languages of the users.
 *
 * @param code the number on the wire
 * @param conduct what the client does about it
 */
public record ErrorCode(
        int code, Conduct conduct, String meaning, String remedy, String chineseMeaning, String chineseRemedy) {}
