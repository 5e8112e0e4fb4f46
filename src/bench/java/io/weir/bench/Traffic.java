package io.weir.bench;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What the pushes to a server are.
 *
 * @param encrypted whether they and their answers are those of safe mode
 * @param accounts how many accounts they go to, in turn
 * @param keys of the buttons that are tapped, in turn
 */
record Traffic(boolean encrypted, int accounts, List<String> keys) {
    /** A prime: of two taps in a row neither the accounts nor the rules lie side by side in memory. */
    private static final long STRIDE = 7_919;

    static final Traffic PLAIN = new Traffic(false, 1, Account.KEYS);
    /** Always the same button. */
    static final Traffic ONE_KEY = new Traffic(false, 1, Account.KEYS.subList(0, 1));

    static final Traffic SAFE = new Traffic(true, 1, Account.KEYS);

    static Traffic of(int accounts, int rules) {
        List<String> keys =
                IntStream.range(0, rules).mapToObj("V%06d_MENU"::formatted).toList();
        return new Traffic(false, accounts, keys);
    }

    /** The URL's path of the push of that number. */
    String path(long number) {
        return path((int) (number * STRIDE % accounts));
    }

    /** Its button. */
    String key(long number) {
        return keys.get((int) (number * STRIDE % keys.size()));
    }

    private static String path(int account) {
        return "/wx/" + name(account);
    }

    /** Of the account of that number. */
    static String name(int account) {
        return account == 0 ? "bench" : "bench" + account;
    }
}
