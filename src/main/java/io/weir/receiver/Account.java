package io.weir.receiver;

import io.weir.wechat.codec.Credentials;

/**
 * An account as the push port sees it.
 *
 * @param credentials what its pushes are checked against
 * @param sightings which of them really arrive
 */
record Account(Credentials credentials, CredentialUsage sightings) {
    /** As in the URL. */
    String name() {
        return credentials.account();
    }
}
