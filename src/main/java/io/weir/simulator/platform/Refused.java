package io.weir.simulator.platform;

import java.io.Serial;

/** The platform says no, with an error code of the reference. Expected: no stack trace. */
public final class Refused extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int errcode;

    /** @param errmsg as WeChat words it; the request id is added where the answer is written */
    public Refused(int errcode, String errmsg) {
        super(errmsg, null, false, false);
        this.errcode = errcode;
    }

    public int errcode() {
        return errcode;
    }

    public String errmsg() {
        return String.valueOf(getMessage());
    }
}
