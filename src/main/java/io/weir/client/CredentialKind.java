package io.weir.client;

/** What the whole fleet shares one of per account, and WeChat lets expire. */
public enum CredentialKind {
    /** The access_token. */
    ACCESS_TOKEN,
    /** The ticket of the JS-SDK. */
    JSAPI_TICKET
}
