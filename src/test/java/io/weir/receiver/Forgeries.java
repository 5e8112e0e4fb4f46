package io.weir.receiver;

import static io.weir.receiver.Forge.CLICK;
import static io.weir.receiver.Forge.NOW;
import static io.weir.receiver.Forge.TOKEN;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Every way to be refused that the push port tells apart. */
final class Forgeries {
    private static final String SIGNED = Forge.signed();
    private static final String SIGNATURE = Forge.signature(TOKEN, NOW);
    private static final String SEALED = Forge.encrypt(CLICK);

    private Forgeries() {}

    /** What is wrong for GET and POST alike, with the cause. */
    private static Map<String, String> queries() {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("", "query");
        queries.put("&&=&", "query");
        queries.put("timestamp=" + NOW + "&nonce=604812873", "query");
        queries.put("signature=" + SIGNATURE + "&nonce=604812873", "query");
        queries.put("signature=" + SIGNATURE + "&timestamp=" + NOW, "query");
        queries.put("signature=&timestamp=" + NOW + "&nonce=604812873", "query");
        queries.put(SIGNED.replace("nonce=604812873", "nonce"), "query");
        queries.put(SIGNED + "&signature=" + SIGNATURE, "query");
        queries.put(SIGNED + "&timestamp=" + NOW, "query");
        queries.put(SIGNED + "&nonce=1", "query");
        queries.put(SIGNED + "&%6eonce=604812873", "query");
        queries.put(SIGNED + "&msg_signature=a&msg_signature=b", "query");
        queries.put(SIGNED + "&encrypt_type=raw&encrypt_type=aes", "query");
        queries.put(SIGNED + "&openid=a&openid=b", "query");
        queries.put(SIGNED + "&openid=%zz", "query");
        queries.put(SIGNED.replace("604812873", "%"), "query");
        queries.put(SIGNED.replace("604812873", "%e4%b"), "query");
        queries.put(SIGNED.replace(Long.toString(NOW), "now"), "timestamp");
        queries.put(SIGNED.replace(Long.toString(NOW), "-1"), "timestamp");
        queries.put(SIGNED.replace(Long.toString(NOW), "0" + NOW), "timestamp");
        queries.put(SIGNED.replace(Long.toString(NOW), "%ff"), "query");
        queries.put(SIGNED.replace(Long.toString(NOW), "9".repeat(400)), "timestamp");
        queries.put(Forge.signed(TOKEN, NOW - 601), "timestamp");
        queries.put(Forge.signed(TOKEN, NOW + 601), "timestamp");
        queries.put(Forge.signed("another", NOW), "signature");
        queries.put(SIGNED.replace(SIGNATURE, SIGNATURE.substring(1)), "signature");
        queries.put(SIGNED.replace(SIGNATURE, "%00" + SIGNATURE), "signature");
        queries.put(SIGNED.replace("604812873", "604812874"), "signature");
        return queries;
    }

    static Stream<Forgery> ofTheQuery() {
        return queries().entrySet().stream()
                .flatMap(query -> Stream.of(
                        Forgery.get(query.getKey(), query.getValue(), query.getKey() + "&echostr=e"),
                        Forgery.post(query.getKey(), query.getValue(), "plain", query.getKey(), CLICK)));
    }

    static Stream<Forgery> ofTheVerification() {
        return Stream.of(
                Forgery.get("without echostr", "query", SIGNED),
                Forgery.get("empty echostr", "query", SIGNED + "&echostr="),
                Forgery.get("two echostr", "query", SIGNED + "&echostr=a&echostr=a"),
                Forgery.get("unreadable echostr", "query", SIGNED + "&echostr=%2"));
    }

    static Stream<Forgery> ofTheMode() {
        String untyped = SIGNED + "&msg_signature=" + Forge.msgSignature(SEALED);
        return Stream.of(
                Forgery.post("encrypted to plain", "mode", "plain", Forge.sealed(SEALED), Forge.envelope(SEALED)),
                Forgery.post("untyped Encrypt to plain", "mode", "plain", untyped, Forge.envelope(SEALED)),
                Forgery.post("plain to safe", "mode", "safe", SIGNED, CLICK),
                Forgery.post("plain with type raw to safe", "mode", "safe", SIGNED + "&encrypt_type=raw", CLICK),
                Forgery.post("untyped Encrypt to safe", "mode", "safe", untyped, Forge.envelope(SEALED)),
                Forgery.post("unknown type", "mode", "compatible", SIGNED + "&encrypt_type=AES", CLICK),
                Forgery.post("empty type", "mode", "compatible", SIGNED + "&encrypt_type=", CLICK));
    }

    static Stream<Forgery> ofTheEnvelope() {
        String anotherKey = SEALED.substring(0, 40) + (SEALED.charAt(40) == 'A' ? 'B' : 'A') + SEALED.substring(41);
        return Stream.of(
                Forgery.post("no Encrypt", "encrypt", "safe", Forge.sealed(""), CLICK),
                Forgery.post("no Encrypt", "encrypt", "compatible", Forge.sealed(""), CLICK),
                Forgery.post("empty Encrypt", "encrypt", "safe", Forge.sealed(""), Forge.envelope("")),
                Forgery.post("blank Encrypt", "encrypt", "safe", Forge.sealed(" "), Forge.envelope(" ")),
                Forgery.post(
                        "two Encrypt",
                        "form",
                        "safe",
                        Forge.sealed(SEALED),
                        Forge.envelope(SEALED + "]]></Encrypt><Encrypt><![CDATA[" + SEALED)),
                Forgery.post(
                        "no msg_signature",
                        "msg_signature",
                        "safe",
                        SIGNED + "&encrypt_type=aes",
                        Forge.envelope(SEALED)),
                Forgery.post(
                        "wrong msg_signature",
                        "msg_signature",
                        "safe",
                        Forge.sealed(SEALED),
                        Forge.envelope(anotherKey)),
                Forgery.post(
                        "Encrypt beside plain elements, unsigned",
                        "msg_signature",
                        "compatible",
                        SIGNED,
                        CLICK.replace("</xml>", "<Encrypt>" + SEALED + "</Encrypt></xml>")),
                encrypted("bad Base64", "base64", "%%%%" + SEALED.substring(4)),
                encrypted("no whole blocks", "aes", "QUJD"),
                encrypted("wrong padding", "padding", Forge.encryptWithPadding(CLICK, 33)),
                encrypted("length of 2 GB", "length", Forge.encryptWithLength(CLICK, Integer.MAX_VALUE)),
                encrypted("negative length", "length", Forge.encryptWithLength(CLICK, -1)),
                encrypted("another AppId", "appid", Forge.encrypt(Forge.utf8(CLICK), "wx0a1b2c3d4e5f6072")),
                encrypted("no AppId", "appid", Forge.encrypt(Forge.utf8(CLICK), "")));
    }

    static Stream<Forgery> ofTheXml() {
        String declared = "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + CLICK;
        byte[] invalid = CLICK.replace("[K]", "[\u00e9]").getBytes(StandardCharsets.ISO_8859_1);
        return Stream.of(
                        xml("nothing", new byte[0]),
                        xml("no XML", Forge.utf8("MsgType=event")),
                        xml("half of it", Forge.utf8(CLICK.substring(0, CLICK.length() - 1))),
                        xml("two roots", Forge.utf8(CLICK + CLICK)),
                        xml("a DOCTYPE", Forge.utf8("<!DOCTYPE xml>" + CLICK)),
                        xml("an entity", Forge.utf8(CLICK.replace("<![CDATA[K]]>", "&k;"))),
                        xml("a file entity", Forge.utf8(doctype("<!ENTITY k SYSTEM \"file:///etc/hostname\">"))),
                        xml("a bomb", Forge.utf8(doctype(bomb()))),
                        xml("invalid UTF-8", invalid),
                        xml("GBK", CLICK.replace("[K]", "[键]").getBytes(Charset.forName("GBK"))),
                        xml("UTF-16 with BOM", CLICK.getBytes(StandardCharsets.UTF_16)),
                        xml("UTF-16 without BOM", CLICK.getBytes(StandardCharsets.UTF_16LE)),
                        xml("UTF-16BE without BOM", CLICK.getBytes(StandardCharsets.UTF_16BE)),
                        xml("UTF-16 declared in UTF-16", declared.getBytes(StandardCharsets.UTF_16)),
                        xml("UTF-16 declared", Forge.utf8(declared)),
                        xml("deep", Forge.utf8("<a>".repeat(5_000) + "</a>".repeat(5_000))),
                        xml("huge", Forge.utf8("<xml>" + "<a/>".repeat(10_000) + "</xml>")),
                        xml("XML 1.1", Forge.utf8("<?xml version=\"1.1\"?>" + CLICK)))
                .flatMap(forgery -> forgery);
    }

    static Stream<Forgery> ofTheForm() {
        String sender = "<FromUserName>oA</FromUserName>";
        return Stream.of(
                        form("two senders", CLICK.replace("<CreateTime>", sender + "<CreateTime>")),
                        form("two kinds", CLICK.replace("</xml>", "<MsgType>text</MsgType></xml>")),
                        form("another root", CLICK.replace("xml>", "html>")))
                .flatMap(forgery -> forgery);
    }

    /** Well-formed, but not for this account. */
    static Stream<Forgery> ofTheAddressee() {
        return Stream.of(
                Forgery.post("another ToUserName", "to_user_name", "own", SIGNED, CLICK),
                Forgery.post(
                        "another ToUserName", "to_user_name", "own", Forge.sealed(SEALED), Forge.envelope(SEALED)));
    }

    /** What WeChat sends to others than official accounts (alarms-and-formats.md). */
    static Stream<Forgery> ofOtherProducts() {
        String weCom = "timestamp=" + NOW + "&nonce=604812873&msg_signature=" + SIGNATURE;
        String corporation = "<xml><ToUserName>ww5823bf96d3bd56c7</ToUserName><AgentID>218</AgentID>";
        String ticket = "<xml><AppId>wx0a1b2c3d4e5f6072</AppId><CreateTime>" + NOW + "</CreateTime>"
                + "<InfoType>component_verify_ticket</InfoType><ComponentVerifyTicket>t</ComponentVerifyTicket></xml>";
        String authorized = "<xml><AppId>wx0a1b2c3d4e5f6072</AppId><InfoType>unauthorized</InfoType></xml>";
        return Stream.of(
                        inClearAndEncrypted("JSON", "json", Forge.utf8("\uFEFF\n{\"MsgType\":\"event\"}")),
                        inClearAndEncrypted("a ticket", "component", Forge.utf8(ticket)),
                        inClearAndEncrypted("an authorization", "component", Forge.utf8(authorized)),
                        inClearAndEncrypted(
                                "WeCom", "wecom", Forge.utf8(corporation + "<MsgType>text</MsgType></xml>")),
                        Stream.of(
                                Forgery.get("of WeCom", "wecom", weCom + "&echostr=" + SEALED.replace("+", "%2B")),
                                Forgery.post("signed as WeCom", "wecom", "plain", weCom, CLICK),
                                outside(
                                        "JSON",
                                        "json",
                                        "{\"ToUserName\":\"gh_5f21c0ffee01\",\"Encrypt\":\"" + SEALED + "\"}"),
                                outside(
                                        "a ticket",
                                        "component",
                                        "<xml><AppId>wx1</AppId><Encrypt>" + SEALED + "</Encrypt></xml>"),
                                outside("WeCom", "wecom", corporation + "<Encrypt>" + SEALED + "</Encrypt></xml>")))
                .flatMap(forgery -> forgery);
    }

    private static Forgery outside(String name, String cause, String body) {
        return Forgery.post(name + " outside", cause, "safe", Forge.sealed(SEALED), body);
    }

    private static Stream<Forgery> xml(String name, byte[] body) {
        return inClearAndEncrypted(name, "xml", body);
    }

    private static Stream<Forgery> form(String name, String body) {
        return inClearAndEncrypted(name, "form", Forge.utf8(body));
    }

    private static Stream<Forgery> inClearAndEncrypted(String name, String cause, byte[] body) {
        return Stream.of(
                Forgery.post(name, cause, "plain", SIGNED, body),
                encrypted(name + " inside", cause, Forge.encrypt(body, Forge.APP_ID)));
    }

    private static Forgery encrypted(String name, String cause, String encrypt) {
        return Forgery.post(name, cause, "safe", Forge.sealed(encrypt), Forge.envelope(encrypt));
    }

    private static String doctype(String declarations) {
        return "<!DOCTYPE xml [" + declarations + "]>" + CLICK.replace("<![CDATA[K]]>", "&k;");
    }

    private static String bomb() {
        StringBuilder bomb = new StringBuilder("<!ENTITY a0 \"lol\">");
        for (int i = 1; i < 20; i++) {
            bomb.append("<!ENTITY a").append(i).append(" \"").append(("&a" + (i - 1) + ";").repeat(10));
            bomb.append("\">");
        }
        return bomb.append("<!ENTITY k \"&a19;\">").toString();
    }
}
