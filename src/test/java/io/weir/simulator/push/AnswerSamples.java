package io.weir.simulator.push;

/** Answers of a gateway, written by hand, for the pushes of {@link PushFactory#DEFAULT_USER}. */
public final class AnswerSamples {
    public static final String HEAD =
            "<ToUserName><![CDATA[" + PushFactory.DEFAULT_USER + "]]></ToUserName>" + "<FromUserName><![CDATA["
                    + TestAccounts.ORIGINAL_ID + "]]></FromUserName><CreateTime>1790000002</CreateTime>";

    private AnswerSamples() {}

    public static String text(String content) {
        return of("text", "<Content><![CDATA[" + content + "]]></Content>");
    }

    public static String of(String type, String elements) {
        return "<xml>" + HEAD + "<MsgType><![CDATA[" + type + "]]></MsgType>" + elements + "</xml>";
    }

    public static String news(int count, int articles) {
        String item =
                "<item><Title>T</Title><Description>D</Description><PicUrl>P</PicUrl><Url>http://u.example</Url></item>";
        return of(
                "news", "<ArticleCount>" + count + "</ArticleCount><Articles>" + item.repeat(articles) + "</Articles>");
    }

    public static String sealed(String clear) {
        return IndependentCrypto.envelope(clear, TestAccounts.TOKEN, TestAccounts.AES_KEY, TestAccounts.APP_ID);
    }
}
