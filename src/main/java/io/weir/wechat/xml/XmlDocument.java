package io.weir.wechat.xml;

/**
 * A document that was read.
 *
 * @param root the root element, whatever its name
 * @param droppedCharacters how many raw characters that XML 1.0 forbids were dropped before parsing
 */
public record XmlDocument(XmlElement root, int droppedCharacters) {}
