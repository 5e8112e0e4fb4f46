package io.weir.admin;

import io.weir.config.Secret;
import io.weir.config.Section;
import io.weir.http.api.Right;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A token of the admin port and what its bearer may do.
 *
 * @param name for messages: its key in {@code admin.tokens}
 * @param secret what {@code Authorization: Bearer} must hold
 * @param rights all of them for {@code admin.token}
 * @param wechatAccounts those whose credential {@link Right#WECHAT} is for; of {@code admin.token} all, which is not asked
 */
record AdminToken(String name, Secret secret, Set<Right> rights, Set<String> wechatAccounts) {
    static final String OPERATOR = "admin.token";

    private static final String MAY = "may";
    /** Sets of rights by a name; the last has them all, and for every account. */
    private static final Map<String, Set<Right>> ROLES = Map.of(
            "viewer",
            EnumSet.of(Right.READ),
            "editor",
            EnumSet.of(Right.READ, Right.ANSWERS, Right.MENU),
            "operator",
            EnumSet.allOf(Right.class));

    private static final List<String> ROLE_NAMES = List.of("viewer", "editor", "operator");
    private static final String WECHAT = Right.WECHAT.word() + ":";

    AdminToken {
        rights = Set.copyOf(rights);
        wechatAccounts = Set.copyOf(wechatAccounts);
    }

    /** {@code admin.token}, whose bearer may do everything. */
    static AdminToken ofOperator(Secret secret) {
        return new AdminToken(OPERATOR, secret, EnumSet.allOf(Right.class), Set.of());
    }

    AdminToken named(String other) {
        return new AdminToken(other, secret, rights, wechatAccounts);
    }

    /** The name of exactly these rights; empty for others. */
    Optional<String> role() {
        return ROLE_NAMES.stream()
                .filter(name -> rights.equals(ROLES.get(name)) && wechatAccounts.isEmpty())
                .findFirst();
    }

    /** Reads one line of {@code admin.tokens}. */
    static AdminToken read(String name, Section section, Set<String> accounts) {
        Secret secret = section.requiredSecret("secret");
        Set<Right> rights = EnumSet.noneOf(Right.class);
        Set<String> wechatAccounts = new TreeSet<>();
        for (String word : section.texts(MAY)) {
            Optional<Right> right = Arrays.stream(Right.values())
                    .filter(each -> each != Right.WECHAT && each.word().equals(word))
                    .findFirst();
            Set<Right> role = ROLES.getOrDefault(word, Set.of());
            if (right.isPresent() || !role.isEmpty()) {
                right.ifPresent(rights::add);
                rights.addAll(role);
            } else if (word.startsWith(WECHAT) && accounts.contains(word.substring(WECHAT.length()))) {
                rights.add(Right.WECHAT);
                wechatAccounts.add(word.substring(WECHAT.length()));
            } else {
                section.problem(MAY, "expected of each one of " + words(accounts));
            }
        }
        if (section.texts(MAY).isEmpty()) {
            section.problem(MAY, "expected one or more of " + words(accounts));
        }
        section.refuseUnknownKeys();
        boolean all = rights.equals(ROLES.get("operator")) && section.texts(MAY).contains("operator");
        return new AdminToken(name, secret, rights, all ? Set.of() : wechatAccounts);
    }

    private static String words(Set<String> accounts) {
        return Stream.of(
                        ROLE_NAMES.stream(),
                        Arrays.stream(Right.values())
                                .filter(each -> each != Right.WECHAT)
                                .map(Right::word),
                        new TreeSet<>(accounts).stream().map(account -> WECHAT + account))
                .flatMap(words -> words)
                .collect(Collectors.joining(", "));
    }

    /** @param account that of the path; empty where it names none */
    boolean may(Right right, Optional<String> account) {
        boolean limited = right == Right.WECHAT && !wechatAccounts.isEmpty();
        return rights.contains(right)
                && (!limited || account.filter(wechatAccounts::contains).isPresent());
    }

    /** Its rights as the configuration writes them. */
    String words() {
        return String.join(", ", wordList());
    }

    /** The same, each for itself. */
    List<String> wordList() {
        List<String> words = new ArrayList<>(rights.stream()
                .filter(right -> right != Right.WECHAT)
                .sorted()
                .map(Right::word)
                .toList());
        wechatAccounts.stream().sorted().map(account -> WECHAT + account).forEach(words::add);
        if (rights.contains(Right.WECHAT) && wechatAccounts.isEmpty()) {
            words.add(Right.WECHAT.word());
        }
        return words;
    }

    /**
     * Reads {@code admin.tokens}.
     *
     * @param host that the port listens on
     */
    static List<AdminToken> readAll(Section admin, Set<String> accounts, Optional<Secret> operator, String host) {
        List<AdminToken> tokens = new ArrayList<>();
        for (Map.Entry<String, Section> each : admin.sections("tokens").entrySet()) {
            AdminToken token = read(each.getKey(), each.getValue(), accounts);
            AdminConfig.checkLength(each.getValue(), "secret", token.secret, host);
            boolean twice = operator.filter(token.secret::equals).isPresent()
                    || tokens.stream().anyMatch(other -> other.secret.equals(token.secret));
            if (twice) {
                each.getValue().problem("secret", "expected another value than every other token has");
            }
            tokens.add(token);
        }
        if (!tokens.isEmpty() && operator.isEmpty()) {
            admin.problem("token", "expected a token for the operator, since admin.tokens has some for others");
        }
        return tokens;
    }
}
