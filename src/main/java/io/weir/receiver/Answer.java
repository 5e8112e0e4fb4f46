package io.weir.receiver;

import io.weir.wechat.message.ReplyWriter;

/**
 * What goes back over HTTP.
 *
 * @param status 200, or 403 for whatever is not genuine; 0 for {@link #LAPSED}
 * @param contentType empty where there is no body
 * @param body UTF-8 when written
 */
record Answer(int status, String contentType, String body) {
    /** The one answer to everything that is not genuine. */
    static final Answer REFUSED = new Answer(403, "", "");

    /** No answer: the connection is closed, and WeChat asks again. */
    static final Answer LAPSED = new Answer(0, "", "");

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String XML = "text/xml; charset=utf-8";

    /** What it is, in a word for the log. */
    String word() {
        return status == 200 ? body.equals(ReplyWriter.SUCCESS) ? body : "reply" : status == 0 ? "lapsed" : "refused";
    }

    static Answer echo(String echostr) {
        return new Answer(200, TEXT, echostr);
    }

    static Answer reply(String body) {
        return new Answer(200, body.equals(ReplyWriter.SUCCESS) ? TEXT : XML, body);
    }
}
