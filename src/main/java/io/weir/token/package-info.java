/**
 * The keeper of what WeChat lets expire: access_token and JS-SDK ticket, one each per account for the whole fleet.
 *
 * <p>Decisions are pure ({@code CredentialStatus}, {@code LocalCredential}, {@code Renewal}), {@code Keeper} carries them out,
 * {@code TokenStore} is what the instances share. Others ask through {@link io.weir.client.BusAccessTokens}. Deliberately
 * absent: HTTP and the calls themselves, which an {@link io.weir.client.CredentialFetcher} makes.
 */
@NullMarked
package io.weir.token;

import org.jspecify.annotations.NullMarked;
