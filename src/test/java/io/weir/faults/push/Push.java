package io.weir.faults.push;

/**
 * One push, as all its attempts have it.
 *
 * @param id what the rig knows it by; its handler reads it out of the text, the key or the code
 * @param openId who it comes from
 * @param xml its body, in clear
 * @param encrypted whether it is sent encrypted
 * @param signedAfresh whether each attempt is signed (and encrypted) anew, or all are the same bytes; which of the two WeChat
 *     does is not documented (push-protocol.md §7)
 */
public record Push(String id, String openId, String xml, boolean encrypted, boolean signedAfresh) {}
