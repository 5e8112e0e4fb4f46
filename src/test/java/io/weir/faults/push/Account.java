package io.weir.faults.push;

/**
 * The official account that the pushes are for, in compatible mode: plain and encrypted ones come together.
 *
 * @param name in the gateways' configuration and in the URL
 */
public record Account(
        String name, String appId, String appSecret, String token, String encodingAesKey, String originalId) {

    /** The one and only. */
    public static final Account RIG = new Account(
            "rig",
            "wx00000000000000f1",
            "5a0c3b2a5d6e7f8091a2b3c4d5e6f7aa",
            "rigToken1",
            "zPlhWagvPdI09Fn8F7Z3xVswlb7QpkgUxl6jGmt43T0",
            "gh_00000000f1f1");
}
