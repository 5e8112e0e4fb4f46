package io.weir.token;

import io.weir.client.CredentialKind;

/** What a shared credential is kept under. */
public record CredentialName(String appId, CredentialKind kind) {}
