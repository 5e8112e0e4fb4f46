package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** One official account with everything that WeChat knows of it. */
public final class PlatformAccount {
    private Registration registration;
    private final Followers followers;
    private final Tokens tokens;
    private final Tickets tickets;
    private final Quotas quotas;
    private NetworkAnswers network = NetworkAnswers.DEFAULT;
    private final Tags tags;
    private final QrCodes qrCodes;
    private final Materials materials;
    private final Menus menus;
    private final CustomerMessages customerMessages;

    PlatformAccount(Registration registration, Clock clock, RandomGenerator random, Supplier<URI> base) {
        this.registration = registration;
        this.followers = new Followers(clock);
        this.tags = new Tags(followers);
        this.menus = new Menus(followers, this::kindForMenus);
        this.qrCodes = new QrCodes(clock, random);
        this.quotas = new Quotas(clock, () -> this.registration.testAccount());
        this.tokens = new Tokens(clock, random, quotas);
        this.tickets = new Tickets(clock, random);
        this.materials = new Materials(clock, id -> menus.uses(id), base);
        this.customerMessages = new CustomerMessages(clock, followers, materials::kindOf);
    }

    private Optional<String> kindForMenus(String mediaId) {
        return materials.isPermanent(mediaId) ? materials.kindOf(mediaId) : Optional.empty();
    }

    public Registration registration() {
        return registration;
    }

    /** Changes what WeChat's console would change: verified or not, test account or not, the whitelist, the AppSecret. */
    public void register(Registration changed) {
        registration = changed;
    }

    public Followers followers() {
        return followers;
    }

    public NetworkAnswers network() {
        return network;
    }

    /** Changes what the account is told about addresses and its URL. */
    public void network(NetworkAnswers changed) {
        network = changed;
    }

    public Tokens tokens() {
        return tokens;
    }

    public Tickets tickets() {
        return tickets;
    }

    public Quotas quotas() {
        return quotas;
    }

    public Tags tags() {
        return tags;
    }

    public QrCodes qrCodes() {
        return qrCodes;
    }

    public Materials materials() {
        return materials;
    }

    public Menus menus() {
        return menus;
    }

    public CustomerMessages customerMessages() {
        return customerMessages;
    }

    ObjectNode save() {
        ObjectNode saved = JsonNodeFactory.instance.objectNode();
        parts().forEach((name, part) -> saved.set(name, part.save()));
        return saved;
    }

    /** What the file does not have stays as it is. */
    void load(ObjectNode saved) {
        parts().forEach((name, part) -> {
            if (saved.get(name) instanceof ObjectNode there) {
                part.load(there);
            }
        });
    }

    private Map<String, Kept> parts() {
        Map<String, Kept> parts = new LinkedHashMap<>();
        parts.put("followers", followers);
        parts.put("tokens", tokens);
        parts.put("tickets", tickets);
        parts.put("quotas", quotas);
        parts.put("tags", tags);
        parts.put("qrCodes", qrCodes);
        parts.put("materials", materials);
        parts.put("menus", menus);
        parts.put("customerMessages", customerMessages);
        return parts;
    }

    /** A part of an account's state that survives a restart when there is a file for it. */
    public interface Kept {
        /** Everything, for the file. */
        ObjectNode save();

        /** Takes the place of what is there by what {@link #save} has written. */
        void load(ObjectNode saved);
    }
}
