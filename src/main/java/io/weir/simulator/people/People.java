package io.weir.simulator.people;

import io.weir.simulator.people.PhoneEvent.Watcher;
import io.weir.simulator.platform.CustomerMessages.SentCustomerMessage;
import io.weir.simulator.platform.Follower;
import io.weir.simulator.platform.Platform;
import io.weir.simulator.platform.PlatformAccount;
import io.weir.simulator.push.Courier;
import io.weir.simulator.push.PushFactory;
import io.weir.simulator.push.SimulatedAccount;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The people of one account who have a phone here. Any thread. */
public final class People {
    private static final int MOST = 10_000;
    private static final int OPENID_LENGTH = 28;
    /** Characters of a name that its openid shows. */
    private static final int SHOWN = 9;

    private final Map<String, Phone> phones = new ConcurrentHashMap<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final Line line;

    /**
     * @param account what WeChat knows of it
     * @param pushes what both sides know of it now
     * @param target where it has its pushes sent
     */
    public People(
            Platform platform,
            PlatformAccount account,
            Supplier<SimulatedAccount> pushes,
            Supplier<URI> target,
            PushFactory factory,
            Courier courier) {
        this.line = new Line(platform, account, pushes, target, factory, courier, this::tell);
        account.customerMessages().handTo(this::receive);
        account.customerMessages().tellOfTyping((openid, now) -> tell(openid, new PhoneEvent.Typing(now)));
    }

    /**
     * The phone of a person of that name, who follows the account from the beginning; the same one at every call.
     *
     * @throws IllegalStateException when there are 10,000 people already
     */
    public Phone named(String name) {
        return phone(Follower.of(openidOf(name), name));
    }

    /** The phone of a person; when they are not known yet, they are added as given. */
    public Phone phone(Follower person) {
        if (phones.size() >= MOST && !phones.containsKey(person.openid())) {
            throw new IllegalStateException("there are " + MOST + " people already, the most that are simulated");
        }
        return phones.computeIfAbsent(person.openid(), openid -> {
            line.platform().exclusively(() -> {
                if (line.account().followers().find(openid).isEmpty()) {
                    line.account().followers().put(person);
                }
                return openid;
            });
            return new Phone(openid, line);
        });
    }

    /** Adds a person, or changes who has this openid; their phone fetches the menu anew. */
    public Phone put(Follower person) {
        Phone phone = phone(person);
        line.platform().exclusively(() -> {
            line.account().followers().put(person);
            return person;
        });
        phone.fetchMenu();
        return phone;
    }

    /** The phone of a person that the account knows. */
    public Optional<Phone> find(String openid) {
        return who(openid).map(this::phone);
    }

    /** Everybody that the account knows. */
    public List<Follower> all() {
        return line.platform().exclusively(() -> line.account().followers().all());
    }

    /** Who has this openid, following or not. */
    public Optional<Follower> who(String openid) {
        return line.platform().exclusively(() -> line.account().followers().find(openid));
    }

    /** From now on tells of everything that happens on the phones. */
    public void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    private void tell(String openid, PhoneEvent happening) {
        watchers.forEach(watcher -> watcher.saw(openid, happening));
    }

    private void receive(SentCustomerMessage message) {
        Optional.ofNullable(phones.get(message.openid())).ifPresent(phone -> phone.receive(message.message()));
    }

    /** An openid of WeChat's form, the same for the same name and another for another: its beginning, then a digest. */
    public static String openidOf(String name) {
        StringBuilder openid = new StringBuilder("oWeir_");
        name.chars().filter(People::isPlain).limit(SHOWN).forEach(c -> openid.append((char) c));
        return openid.append('_').append(digest(name)).substring(0, OPENID_LENGTH);
    }

    private static boolean isPlain(int c) {
        return c < 128 && Character.isLetterOrDigit(c);
    }

    private static String digest(String name) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
