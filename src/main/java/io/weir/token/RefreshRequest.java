package io.weir.token;

/** What the operator asks for. */
enum RefreshRequest {
    NONE,
    /** A new credential, although the present one lasts. */
    NORMAL,
    /** The same at the price of the present one, which WeChat ends at once. */
    FORCED
}
