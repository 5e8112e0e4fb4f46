package io.weir.receiver;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.net.SocketAddress;
import io.weir.http.AddressRange;
import io.weir.receiver.PushAccess.SenderRate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who may send pushes, and how many of one person are handled: {@link PushAccess} with the addresses that WeChat names. Any thread.
 *
 * <p>An account whose addresses WeChat has never told takes requests from everywhere: signatures still protect it, and no fault of
 * the API's may keep WeChat out.
 */
public final class Senders {
    private static final int MOST_REMEMBERED = 4_096;

    private final PushAccess access;
    private final Counter limited;
    private final Optional<RateTable> rates;
    private final Map<String, List<AddressRange>> weChats = new ConcurrentHashMap<>();
    /** Whether an address may send to an account; forgotten as a whole when it grows or something changes. */
    private final Map<Asked, Boolean> remembered = new ConcurrentHashMap<>();

    private record Asked(String account, String address) {}

    public Senders(PushAccess access, MeterRegistry metrics) {
        this.access = access;
        this.rates = access.perSender().map(RateTable::new);
        this.limited = Counter.builder("weir.overload.refusals")
                .description("What was refused because there was no space for it, by policy")
                .tag("server", "push")
                .tag("policy", "sender")
                .register(metrics);
    }

    /** Takes over the addresses that WeChat's pushes to an account come from; an empty list says nothing. */
    void know(String account, List<AddressRange> addresses) {
        if (!addresses.isEmpty()) {
            weChats.put(account, List.copyOf(addresses));
            remembered.clear();
        }
    }

    /** Whether WeChat's addresses count, and none are known for that account. */
    boolean isOpenFor(String account) {
        return access.fromWeChat() && !weChats.containsKey(account);
    }

    /** Those of the accounts that take requests from everywhere, since WeChat has never told where its pushes come from. */
    public List<String> openToAll(Collection<String> accounts) {
        return accounts.stream().filter(this::isOpenFor).sorted().toList();
    }

    /**
     * Who has sent a request.
     *
     * @param peer of the connection
     * @param forwarded values of {@code X-Forwarded-For}; read only where the peer is a proxy that is believed
     * @return the last in the chain that is none of the proxies, with port 0 if it is not the peer; nobody's address where the chain
     *     is unreadable there
     */
    SocketAddress client(SocketAddress peer, Supplier<List<String>> forwarded) {
        if (access.proxies().isEmpty() || !isProxy(peer.hostAddress())) {
            return peer;
        }
        String[] chain = String.join(",", forwarded.get()).split(",", -1);
        String client = String.valueOf(peer.hostAddress());
        for (int hop = chain.length - 1; hop >= 0 && isProxy(client); hop--) {
            String next = withoutPort(chain[hop].strip());
            if (!next.isEmpty()) {
                client = next;
            }
        }
        return SocketAddress.inetSocketAddress(0, AddressRange.isAddress(client) ? client : "0.0.0.0");
    }

    /** Some proxies write {@code 192.0.2.1:4711} and {@code [2001:db8::1]:4711}. */
    private static String withoutPort(String hop) {
        int colon = hop.indexOf(':');
        if (hop.startsWith("[")) {
            return hop.substring(1, Math.max(1, hop.indexOf(']')));
        }
        return colon > 0 && hop.indexOf(':', colon + 1) < 0 ? hop.substring(0, colon) : hop;
    }

    private boolean isProxy(@Nullable String address) {
        return address != null && AddressRange.anyContains(access.proxies(), address);
    }

    /** Whether requests to the account may come from there. */
    boolean admits(String account, SocketAddress client) {
        if (!access.isLimited()) {
            return true;
        }
        Asked asked = new Asked(account, String.valueOf(client.hostAddress()));
        Boolean known = remembered.get(asked);
        return known == null ? decide(asked) : known;
    }

    private boolean decide(Asked asked) {
        boolean admitted = isOpenFor(asked.account)
                || AddressRange.anyContains(access.allowed(), asked.address)
                || (access.fromWeChat()
                        && AddressRange.anyContains(Objects.requireNonNull(weChats.get(asked.account)), asked.address));
        if (remembered.size() >= MOST_REMEMBERED) {
            remembered.clear();
        }
        remembered.put(asked, admitted);
        return admitted;
    }

    /** Whether this push of a person is one too many; counts it. */
    boolean exceeds(String account, String sender, long nowNanos) {
        boolean exceeds = rates.isPresent() && rates.get().exceeds(account, sender, nowNanos);
        if (exceeds) {
            limited.increment();
        }
        return exceeds;
    }

    /**
     * How many pushes of each sender there were in the present window of time, in a table of a fixed size. Where two senders share a
     * place, the later takes it: so a sender may get more than the rate, and never less. One long for each place: who, when, how
     * many.
     */
    static final class RateTable {
        private static final int PLACES = 1 << 15;
        private static final int WHO_BITS = 24;
        private static final int WHEN_BITS = 20;
        private static final int MANY_BITS = Long.SIZE - WHO_BITS - WHEN_BITS;
        private static final long MANY = (1L << MANY_BITS) - 1;

        private final AtomicLongArray places = new AtomicLongArray(PLACES);
        private final SenderRate rate;

        RateTable(SenderRate rate) {
            this.rate = rate;
        }

        boolean exceeds(String account, String sender, long nowNanos) {
            long hash = mix(account.hashCode() * 31L + sender.hashCode() + ((long) sender.length() << 40));
            int place = (int) (hash & (PLACES - 1));
            long who = hash >>> (Long.SIZE - WHO_BITS);
            long when = (nowNanos / rate.time().toNanos()) & ((1L << WHEN_BITS) - 1);
            long key = ((who << WHEN_BITS) | when) << MANY_BITS;
            while (true) {
                long before = places.get(place);
                boolean same = before >>> MANY_BITS == key >>> MANY_BITS && (before & MANY) > 0;
                long many = same ? Math.min(MANY, (before & MANY) + 1) : 1;
                if (places.compareAndSet(place, before, key | many)) {
                    return many > rate.pushes();
                }
            }
        }

        /** The finaliser of SplitMix64. */
        private static long mix(long value) {
            long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
            return mixed ^ (mixed >>> 31);
        }
    }
}
