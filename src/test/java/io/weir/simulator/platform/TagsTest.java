package io.weir.simulator.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagsTest {
    private final Followers followers = new Followers(Clock.systemUTC());
    private final Tags tags = new Tags(followers);

    TagsTest() {
        followers.put(Follower.of("oAlice", "Alice"));
        followers.put(Follower.of("oBob", "Bob"));
        followers.put(Follower.of("oGone", "Gone").subscribed(false));
    }

    @Test
    void countsTheFollowersOfEachTag() {
        int vip = tags.create("会员");
        int student = tags.create("学生");

        tags.tag(List.of("oAlice", "oBob"), vip);
        tags.tag(List.of("oBob"), student);
        tags.untag(List.of("oAlice", "oBob"), student);

        assertThat(tags.list())
                .hasToString("[{\"id\":100,\"name\":\"会员\",\"count\":2},{\"id\":101,\"name\":\"学生\",\"count\":0}]");
    }

    @Test
    void whoLeavesLosesTheTags() {
        int vip = tags.create("会员");
        tags.tag(List.of("oAlice"), vip);

        followers.put(followers.find("oAlice").orElseThrow().subscribed(false).subscribed(true));

        assertThat(tags.of("oAlice")).isEmpty();
        assertThat(tags.list().at("/0/count").asInt()).isZero();
    }

    @Test
    void listsTheTagsOfAPersonInTheOrderOfTagging() {
        int vip = tags.create("会员");
        int student = tags.create("学生");

        tags.tag(List.of("oAlice"), student);
        tags.tag(List.of("oAlice"), vip);
        assertThat(tags.of("oAlice")).containsExactly(student, vip);

        tags.tag(List.of("oAlice"), student);
        assertThat(tags.of("oAlice")).containsExactly(vip, student);
    }

    @Test
    void renamesATagAndDeletesItFromThoseWhoHaveIt() {
        int vip = tags.create("会员");
        int student = tags.create("学生");
        tags.tag(List.of("oAlice", "oBob"), vip);

        tags.rename(vip, "贵宾");
        tags.rename(vip, "贵宾");
        tags.delete(student);

        assertThat(tags.list()).hasToString("[{\"id\":100,\"name\":\"贵宾\",\"count\":2}]");
        tags.delete(vip);
        assertThat(tags.list()).isEmpty();
        assertThat(tags.of("oAlice")).isEmpty();
        assertThat(TestMenus.errcode(() -> tags.tag(List.of("oAlice"), vip))).isEqualTo(45159);
    }

    @Test
    void refusesToChangeATagOfTheSystemOrOneThatIsNot() {
        int vip = tags.create("会员");
        int student = tags.create("学生");

        assertThat(TestMenus.errcode(() -> tags.rename(2, "x"))).isEqualTo(45058);
        assertThat(TestMenus.errcode(() -> tags.delete(0))).isEqualTo(45058);
        assertThat(TestMenus.errcode(() -> tags.rename(99, "x"))).isEqualTo(45159);
        assertThat(TestMenus.errcode(() -> tags.delete(99))).isEqualTo(45159);
        assertThat(TestMenus.errcode(() -> tags.rename(vip, "学生"))).isEqualTo(45157);
        assertThat(TestMenus.errcode(() -> tags.rename(student, "x".repeat(31))))
                .isEqualTo(45158);
        assertThat(TestMenus.errcode(() -> tags.members(99, ""))).isEqualTo(45159);
    }

    @Test
    void doesNotDeleteATagOfMoreThanAHundredThousand() {
        int vip = tags.create("会员");
        IntStream.rangeClosed(0, 100_000)
                .forEach(i -> followers.put(Follower.of("o" + i, "somebody").tagged(vip)));

        assertThat(TestMenus.errcode(() -> tags.delete(vip))).isEqualTo(45057);
    }

    @Test
    void listsThoseWhoFollowAndHaveATag() {
        int vip = tags.create("会员");
        followers.put(Follower.of("oCarl", "Carl"));
        tags.tag(List.of("oAlice", "oCarl"), vip);

        assertThat(tags.members(vip, "").openids()).containsExactly("oAlice", "oCarl");
        assertThat(tags.members(vip, "oAlice").openids()).containsExactly("oCarl");
        assertThat(tags.members(vip, "oCarl").openids()).isEmpty();
        assertThat(tags.members(vip, "oCarl").last()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "汉", "😀"})
    void takesANameOfThirtyCharactersAndNotOneMore(String character) {
        assertThat(tags.create(character.repeat(30))).isEqualTo(100);
        assertThat(errcodeOfCreating(character.repeat(31))).isEqualTo(45158);
    }

    @Test
    void refusesANameThatIsTakenOrEmpty() {
        tags.create("会员");

        assertThat(errcodeOfCreating("会员")).isEqualTo(45157);
        assertThat(errcodeOfCreating("")).isEqualTo(40035);
    }

    @Test
    void takesAHundredTagsAndNotOneMore() {
        IntStream.range(0, 100).forEach(number -> tags.create("tag " + number));

        assertThat(tags.list()).hasSize(100);
        assertThat(tags.list().at("/99/id").asInt()).isEqualTo(199);
        assertThat(errcodeOfCreating("one more")).isEqualTo(45056);
    }

    @Test
    void givesAPersonTwentyTagsAndNotOneMore() {
        IntStream.range(0, 21).forEach(number -> tags.create("tag " + number));
        IntStream.range(100, 120).forEach(id -> tags.tag(List.of("oAlice"), id));

        assertThat(errcodeOfTagging(List.of("oBob", "oAlice"), 120)).isEqualTo(45059);
        assertThat(tags.of("oBob")).isEmpty();
        assertThat(errcodeOfTagging(List.of("oAlice"), 100)).isZero();
        tags.untag(List.of("oAlice"), 100);
        assertThat(errcodeOfTagging(List.of("oAlice"), 120)).isZero();
    }

    @Test
    void tagsFiftyPeopleAndNotOneMore() {
        int vip = tags.create("会员");
        List<String> fifty =
                IntStream.range(0, 50).mapToObj(number -> "o" + number).toList();
        fifty.forEach(openid -> followers.put(Follower.of(openid, openid)));
        List<String> more = Stream.concat(fifty.stream(), Stream.of("oAlice")).toList();

        assertThat(errcodeOfTagging(fifty, vip)).isZero();
        assertThat(errcodeOfTagging(more, vip)).isEqualTo(40035);
        assertThat(errcodeOfTagging(List.of(), vip)).isEqualTo(40035);
        assertThat(tags.list().at("/0/count").asInt()).isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oNobody", "oGone", "alice"})
    void refusesWhoIsNoFollowerAndTagsNobodyThen(String openid) {
        int vip = tags.create("会员");

        assertThat(errcodeOfTagging(List.of("oAlice", openid), vip)).isEqualTo(40003);
        assertThat(TestMenus.errcode(() -> tags.of(openid))).isEqualTo(40003);
        assertThat(tags.of("oAlice")).isEmpty();
    }

    @Test
    void refusesAnUnknownTag() {
        assertThat(errcodeOfTagging(List.of("oAlice"), 100)).isEqualTo(45159);
        assertThat(TestMenus.errcode(() -> tags.untag(List.of("oAlice"), 100))).isEqualTo(45159);
    }

    @Test
    void survivesARestart() {
        int vip = tags.create("会员");
        tags.create("学生");
        tags.tag(List.of("oAlice"), vip);
        Tags restarted = new Tags(followers);

        restarted.load(tags.save());

        assertThat(restarted.list()).isEqualTo(tags.list());
        assertThat(restarted.create("new")).isEqualTo(102);
    }

    private int errcodeOfCreating(String name) {
        return TestMenus.errcode(() -> tags.create(name));
    }

    private int errcodeOfTagging(List<String> openids, int tag) {
        return TestMenus.errcode(() -> tags.tag(openids, tag));
    }
}
