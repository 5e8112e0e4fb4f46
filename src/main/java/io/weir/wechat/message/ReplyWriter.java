package io.weir.wechat.message;

import io.weir.wechat.message.Reply.Configured;
import io.weir.wechat.message.Reply.None;
import io.weir.wechat.message.Reply.Text;
import io.weir.wechat.xml.XmlText;
import io.weir.wechat.xml.XmlWriter;
import java.time.Instant;

/** Writes a reply as WeChat reads it: the plaintext, before any encryption (replies.md §1). */
public final class ReplyWriter {
    /** The answer that says nothing and is never encrypted (push-protocol.md §6). */
    public static final String SUCCESS = "success";

    private ReplyWriter() {}

    /**
     * The reply as XML, {@value #SUCCESS} where it says nothing: an empty Content can bring the fault notice.
     *
     * @param reply what to answer
     * @param push what it answers; the reply goes back to its sender
     * @param now becomes CreateTime, in seconds
     */
    public static String write(Reply reply, Push push, Instant now) {
        if (reply instanceof None
                || reply instanceof Configured
                || (reply instanceof Text text && XmlText.isEmptyWhenClean(text.content()))) {
            return SUCCESS;
        }
        XmlWriter out = new XmlWriter()
                .piece("<xml><ToUserName><![CDATA[")
                .piece(XmlText.cdata(push.fromUserName()))
                .piece("]]></ToUserName><FromUserName><![CDATA[")
                .piece(XmlText.cdata(push.toUserName()))
                .piece("]]></FromUserName><CreateTime>")
                .piece(Long.toString(now.getEpochSecond()))
                .piece("</CreateTime>");
        reply.writeTo(out);
        return out.close("xml").toString();
    }
}
