package io.weir;

import java.util.Map;

/** What the configurations of the process tests hold and what nobody may ever read. */
public final class Secrets {
    public static final String APP_SECRET = "4f0c3b2a5d6e7f8091a2b3c4d5e6f708";
    public static final String TOKEN = "shopTokenNew9";
    public static final String OLD_TOKEN = "shopTokenOld8";
    public static final String SAFE_TOKEN = "gwTokenBlue7";
    public static final String AES_KEY = "zPlhWagvPdI09Fn8F7Z3xVswlb7QpkgUxl6jGmt43T0";
    public static final String ADMIN_TOKEN = "adminTokenGreen5";

    /** In no output of any command. */
    static final String[] ALL = {
        APP_SECRET,
        TOKEN,
        OLD_TOKEN,
        SAFE_TOKEN,
        AES_KEY,
        ADMIN_TOKEN,
        "weirDevToken",
        "weirDevAccountEncodingAESKey",
        "weir-dev-app-secret"
    };

    /** In no log. */
    static final String[] OPEN_IDS = {"oWeirSimulatedUser"};

    public static final Map<String, String> ENVIRONMENT = Map.of(
            "WEIR_APP_SECRET", APP_SECRET,
            "WEIR_TOKEN", TOKEN,
            "WEIR_OLD_TOKEN", OLD_TOKEN,
            "WEIR_SAFE_TOKEN", SAFE_TOKEN,
            "WEIR_AES_KEY", AES_KEY,
            "WEIR_ADMIN_TOKEN", ADMIN_TOKEN);

    private Secrets() {}
}
