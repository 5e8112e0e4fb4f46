package io.weir.receiver;

import io.weir.wechat.message.ReplyWriter;

/**
 * What goes back over HTTP.
 *
 * @param status 200, or 403 for whatever is not genuine; 0 for {@link #LAPSED}
 * @param contentType empty where there is no body
 * @param body UTF-8 when written
 */
record PushResponse(int status, String contentType, String body) {
    /** The one answer to everything that is not genuine. */
    static final PushResponse REFUSED = new PushResponse(403, "", "");

    /** No answer: the connection is closed, and WeChat asks again. */
    static final PushResponse LAPSED = new PushResponse(0, "", "");

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String XML = "text/xml; charset=utf-8";

    /** What it is, in a word for the log. */
    String word() {
        return status == 200 ? body.equals(ReplyWriter.SUCCESS) ? body : "reply" : status == 0 ? "lapsed" : "refused";
    }

    static PushResponse echo(String echostr) {
        return new PushResponse(200, TEXT, echostr);
    }

    static PushResponse reply(String body) {
        return new PushResponse(200, body.equals(ReplyWriter.SUCCESS) ? TEXT : XML, body);
    }
}
