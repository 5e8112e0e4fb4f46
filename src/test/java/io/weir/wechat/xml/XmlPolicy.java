package io.weir.wechat.xml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is to become of a document, told from its first bytes by means that have nothing in common with the reader:
 * DOCTYPE, another version than 1.0 and another encoding than UTF-8 are refused, well-formed documents without them are
 * read.
 */
enum XmlPolicy {
    DOCTYPE,
    OTHER_VERSION,
    OTHER_ENCODING,
    NOT_WELL_FORMED,
    READ;

    private static final Pattern DECLARATION = Pattern.compile("<\\?xml\\s[^>]*?\\?>");
    private static final Pattern VERSION = Pattern.compile("version\\s*=\\s*[\"']([^\"']*)");
    private static final Pattern ENCODING = Pattern.compile("encoding\\s*=\\s*[\"']([^\"']*)");

    /** A DOCTYPE with nothing before it but white space, comments and processing instructions. */
    private static final Pattern DOCTYPE_FIRST =
            Pattern.compile("(?:\\s++|<!--.*?-->|<\\?.*?\\?>)*+<!DOCTYPE", Pattern.DOTALL);

    static XmlPolicy of(byte[] bytes, boolean wellFormed) {
        Charset charset = charset(bytes);
        String text = withoutMark(new String(bytes, charset));
        if (DOCTYPE_FIRST.matcher(text).lookingAt()) {
            return DOCTYPE;
        }
        Matcher declaration = DECLARATION.matcher(text);
        String declared = declaration.lookingAt() ? declaration.group() : "";
        if (!value(VERSION, declared, "1.0").equals("1.0")) {
            return OTHER_VERSION;
        }
        boolean utf8 = charset.equals(ISO_8859_1)
                && isUtf8(bytes)
                && value(ENCODING, declared, "UTF-8").equalsIgnoreCase("UTF-8");
        if (!utf8) {
            return OTHER_ENCODING;
        }
        return wellFormed ? READ : NOT_WELL_FORMED;
    }

    /** UTF-16 by its mark or its first character; else one in which every byte is a character and markup is itself. */
    private static Charset charset(byte[] bytes) {
        int first = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
        return switch (first) {
            case 0xFEFF, 0x003C -> UTF_16BE;
            case 0xFFFE, 0x3C00 -> UTF_16LE;
            default -> ISO_8859_1;
        };
    }

    private static String withoutMark(String text) {
        String utf8Mark = new String(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, ISO_8859_1);
        return text.startsWith(utf8Mark) ? text.substring(3) : text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static String value(Pattern pseudoAttribute, String declaration, String missing) {
        Matcher found = pseudoAttribute.matcher(declaration);
        return found.find() ? found.group(1) : missing;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
