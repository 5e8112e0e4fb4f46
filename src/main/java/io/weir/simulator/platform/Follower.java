package io.weir.simulator.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A person as an account's platform knows them.
 *
 * @param wechatId their WeChat id (微信号), which trymatch takes as well
 * @param subscribed whether they follow the account at the moment
 * @param language as in {@code zh_CN}
 * @param tags ids of the account's tags, in the order of tagging: the last one decides which menu they see
 */
public record Follower(
        String openid,
        String wechatId,
        String nickname,
        boolean subscribed,
        Client client,
        String language,
        List<Integer> tags) {
    public Follower {
        tags = List.copyOf(tags);
    }

    /** Who follows with an iPhone set to Chinese, without tags. */
    public static Follower of(String openid, String nickname) {
        return new Follower(openid, nickname.toLowerCase(Locale.ROOT), nickname, true, Client.IOS, "zh_CN", List.of());
    }

    /** The same, following or not; who leaves loses the tags. */
    public Follower subscribed(boolean follows) {
        return new Follower(openid, wechatId, nickname, follows, client, language, follows ? tags : List.of());
    }

    /** The same on another device. */
    public Follower on(Client other) {
        return new Follower(openid, wechatId, nickname, subscribed, other, language, tags);
    }

    /** The same with one tag more, as the last; moved to the end when it was there. */
    public Follower tagged(int tag) {
        List<Integer> more = new ArrayList<>(tags);
        more.remove(Integer.valueOf(tag));
        more.add(tag);
        return new Follower(openid, wechatId, nickname, subscribed, client, language, more);
    }

    /** The same without a tag. */
    public Follower untagged(int tag) {
        List<Integer> fewer = new ArrayList<>(tags);
        fewer.remove(Integer.valueOf(tag));
        return new Follower(openid, wechatId, nickname, subscribed, client, language, fewer);
    }

    /** What a person's WeChat runs on; {@code client_platform_type} of a match rule (menu-api.md §6). */
    public enum Client {
        IOS("1"),
        ANDROID("2"),
        OTHER("3");

        private final String code;

        Client(String code) {
            this.code = code;
        }

        /** The digit on the wire. */
        public String code() {
            return code;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
