package io.weir.simulator;

/** Answers of a gateway, written by hand, for the pushes of {@link PushFactory#DEFAULT_USER}. */
final class Replies {
    static final String HEAD =
            "<ToUserName><![CDATA[" + PushFactory.DEFAULT_USER + "]]></ToUserName>" + "<FromUserName><![CDATA["
                    + TestAccounts.ORIGINAL_ID + "]]></FromUserName><CreateTime>1790000002</CreateTime>";

    private Replies() {}

    static String text(String content) {
        return of("text", "<Content><![CDATA[" + content + "]]></Content>");
    }

    static String of(String type, String elements) {
        return "<xml>" + HEAD + "<MsgType><![CDATA[" + type + "]]></MsgType>" + elements + "</xml>";
    }

    static String news(int count, int articles) {
        String item =
                "<item><Title>T</Title><Description>D</Description><PicUrl>P</PicUrl><Url>http://u.example</Url></item>";
        return of(
                "news", "<ArticleCount>" + count + "</ArticleCount><Articles>" + item.repeat(articles) + "</Articles>");
    }

    static String sealed(String clear) {
        return IndependentCrypto.envelope(clear, TestAccounts.TOKEN, TestAccounts.AES_KEY, TestAccounts.APP_ID);
    }
}
