package io.weir.wechat.message;

import io.weir.wechat.xml.XmlElement;
import io.weir.wechat.xml.XmlException;
import io.weir.wechat.xml.XmlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The sample pushes of {@code src/test/resources/samples}: one file and any number of variants per wire name,
 * {@code event/subscribe.xml} and {@code event/subscribe-qr.xml}.
 */
public final class Samples {
    /** Name of the account that the samples are read for. */
    public static final String ACCOUNT = "main";

    private Samples() {}

    /** All samples, as folder and file name without ending: {@code message/text}. */
    public static List<String> names() {
        try {
            Path root = Path.of(resource("/samples").toURI());
            try (Stream<Path> files = Files.walk(root)) {
                return files.filter(Files::isRegularFile)
                        .map(file -> root.relativize(file).toString().replace('\\', '/'))
                        .map(name -> name.substring(0, name.length() - ".xml".length()))
                        .sorted()
                        .toList();
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The bytes of a sample. */
    public static byte[] bytes(String name) {
        return load("/samples/" + name + ".xml");
    }

    /** The bytes of a test resource. */
    public static byte[] load(String path) {
        try (InputStream in = resource(path).openStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The push that a sample is. */
    public static Push push(String name) {
        return push(bytes(name));
    }

    /** The push that a document is. */
    public static Push pushOf(String xml) {
        return push(xml.getBytes(StandardCharsets.UTF_8));
    }

    /** The push that a document is. */
    public static Push push(byte[] xml) {
        return PushReader.read(ACCOUNT, root(xml));
    }

    /** The tree that a document is. */
    public static XmlElement root(byte[] xml) {
        try {
            return XmlReader.read(xml).root();
        } catch (XmlException e) {
            throw new AssertionError(e);
        }
    }

    /** An event with what {@code rest} holds beyond the head. */
    public static String event(String event, String rest) {
        return "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oUser]]></FromUserName>"
                + "<CreateTime>1732000000</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[" + event
                + "]]></Event>" + rest + "</xml>";
    }

    /** A message with what {@code rest} holds beyond the head. */
    public static String message(String msgType, String rest) {
        return "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oUser]]></FromUserName>"
                + "<CreateTime>1732000000</CreateTime><MsgType><![CDATA[" + msgType + "]]></MsgType><MsgId>1</MsgId>"
                + rest + "</xml>";
    }

    private static URL resource(String path) {
        return Objects.requireNonNull(Samples.class.getResource(path), path);
    }
}
