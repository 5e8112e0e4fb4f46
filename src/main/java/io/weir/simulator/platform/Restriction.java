package io.weir.simulator.platform;

/** Why an account may send no customer-service message to anybody (token-and-server-api.md §8). */
public enum Restriction {
    BLOCKED(45087, "customer message api is blocked"),
    WITHOUT_QUOTA(45093, "no quota of customer messages"),
    PUNISHED(45094, "account is punished");

    private final int errcode;
    private final String errmsg;

    Restriction(int errcode, String errmsg) {
        this.errcode = errcode;
        this.errmsg = errmsg;
    }

    /** What the account's call is answered with. */
    Refused refusal() {
        return new Refused(errcode, errmsg);
    }
}
