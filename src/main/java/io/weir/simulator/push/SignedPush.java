package io.weir.simulator.push;

import java.net.URI;

/** One attempt to deliver a push, exactly as it goes over the wire; each attempt is signed afresh. */
public record SignedPush(URI uri, String body) {
    /** The content type that WeChat sends. */
    static final String CONTENT_TYPE = "text/xml";

    /** The same request for a shell. It holds a valid signature, but neither token nor key. */
    public String curl() {
        return "curl -sS -H " + quoted("Content-Type: " + CONTENT_TYPE) + " --data-binary " + quoted(body) + " "
                + quoted(uri.toString());
    }

    private static String quoted(String argument) {
        return "'" + argument.replace("'", "'\\''") + "'";
    }
}
