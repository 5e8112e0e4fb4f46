package io.weir.http.api;

/** Who may use a route of the admin port. */
public enum Access {
    /** Everybody who reaches the port. */
    OPEN,
    /** Everybody who reaches the port, but no page of another origin. */
    VISITOR,
    /** Who sends the admin token; where none is set, everybody on this machine. */
    OPERATOR,
    /** Who sends the admin token; where none is set, nobody: the answer is worth as much as a password. */
    BEARER
}
