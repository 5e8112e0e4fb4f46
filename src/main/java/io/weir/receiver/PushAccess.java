package io.weir.receiver;

import io.weir.config.Section;
import io.weir.file.PemFiles;
import io.weir.http.AddressRange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who may send to the public port, and how: {@code allowFrom}, {@code proxies}, {@code perSender} and {@code tls} of section {@code
 * push}.
 *
 * @param fromWeChat whether the addresses that WeChat names for an account may send
 * @param allowed the others that may; where there are none and WeChat's do not count, all may
 * @param proxies whose {@code X-Forwarded-For} is believed
 * @param perSender how many pushes of one sender are handled; empty for any number
 * @param tls empty for plain HTTP
 */
public record PushAccess(
        boolean fromWeChat,
        List<AddressRange> allowed,
        List<AddressRange> proxies,
        Optional<SenderRate> perSender,
        Optional<Tls> tls) {
    /** Everybody, by plain HTTP. */
    public static final PushAccess OPEN =
            new PushAccess(false, List.of(), List.of(), Optional.empty(), Optional.empty());

    private static final String WECHAT = "wechat";
    private static final Pattern RATE = Pattern.compile("([1-9][0-9]{0,4})/([sm])");

    public PushAccess {
        allowed = List.copyOf(allowed);
        proxies = List.copyOf(proxies);
    }

    /**
     * A certificate with its key.
     *
     * @param cert PEM file of the certificate and those that it is signed by
     * @param key PEM file of the private key
     */
    public record Tls(Path cert, Path key) {}

    /** So many pushes in so long. */
    public record SenderRate(int pushes, Duration time) {}

    /** Whether it matters where a request comes from. */
    boolean isLimited() {
        return fromWeChat || !allowed.isEmpty();
    }

    static PushAccess read(Section push) {
        List<String> names = push.texts("allowFrom");
        List<AddressRange> allowed = ranges(
                push,
                "allowFrom",
                names.stream().filter(each -> !each.equals(WECHAT)).toList(),
                "expected wechat, addresses and ranges, as in [wechat, 10.0.0.0/8, \"2001:db8::/32\"]");
        List<AddressRange> proxies = ranges(
                push,
                "proxies",
                push.texts("proxies"),
                "expected addresses and ranges, as in [10.0.0.5, \"2001:db8::/32\"]");
        Optional<SenderRate> perSender = push.text("perSender").flatMap(text -> rate(push, text));
        Optional<Tls> tls = push.find("tls").flatMap(PushAccess::tls);
        return new PushAccess(names.contains(WECHAT), allowed, proxies, perSender, tls);
    }

    private static List<AddressRange> ranges(Section push, String key, List<String> texts, String rule) {
        List<AddressRange> ranges = new ArrayList<>();
        for (String text : texts) {
            AddressRange.parse(text).ifPresentOrElse(ranges::add, () -> push.problem(key, rule));
        }
        return ranges;
    }

    private static Optional<SenderRate> rate(Section push, String text) {
        Matcher parts = RATE.matcher(text);
        if (!parts.matches()) {
            push.problem("perSender", "expected 1 to 99999 pushes a second or a minute, as in 20/s or 300/m");
            return Optional.empty();
        }
        Duration time = parts.group(2).equals("s") ? Duration.ofSeconds(1) : Duration.ofMinutes(1);
        return Optional.of(new SenderRate(Integer.parseInt(parts.group(1)), time));
    }

    private static Optional<Tls> tls(Section section) {
        Optional<Path> cert = PemFiles.named(section, "cert");
        Optional<Path> key = PemFiles.named(section, "key");
        if (!section.has("cert") || !section.has("key")) {
            section.problemHere("expected cert and key");
        }
        section.refuseUnknownKeys();
        return cert.flatMap(chain -> key.map(secret -> new Tls(chain, secret)));
    }
}
