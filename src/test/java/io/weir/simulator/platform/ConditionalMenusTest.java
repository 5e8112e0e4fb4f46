package io.weir.simulator.platform;

import static io.weir.simulator.platform.MenuJson.CLICK;
import static io.weir.simulator.platform.MenuJson.json;
import static io.weir.simulator.platform.MenuJson.personalised;
import static io.weir.simulator.platform.TestMenus.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.simulator.platform.Follower.Client;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who sees which menu (menu-api.md §6). */
class ConditionalMenusTest {
    private static final String STANDARD = "430000001";

    private final Menus menus = TestMenus.withDefault();

    @Test
    void theNewestThatMatchesWins() {
        String first = add("{'client_platform_type':'1'}");
        String second = add("{'tag_id':'100'}");
        String third = add("{'client_platform_type':'1'}");
        String fourth = add("{'client_platform_type':'2'}");

        assertThat(seenBy(ALICE)).isEqualTo(third);
        assertThat(seenBy(ALICE.tagged(100))).isEqualTo(third);
        assertThat(seenBy(ALICE.tagged(100).on(Client.ANDROID))).isEqualTo(fourth);
        assertThat(seenBy(ALICE.tagged(100).on(Client.OTHER))).isEqualTo(second);
        assertThat(seenBy(ALICE.on(Client.OTHER))).isEqualTo(STANDARD);
        menus.deleteConditional(json("{'menuid':'" + third + "'}"));
        assertThat(seenBy(ALICE)).isEqualTo(first);
    }

    @Test
    void theTagThatWasAddedLastDecides() {
        String vip = add("{'tag_id':'100'}");
        String student = add("{'tag_id':'101'}");

        assertThat(seenBy(ALICE.tagged(101).tagged(100))).isEqualTo(vip);
        assertThat(seenBy(ALICE.tagged(100).tagged(101))).isEqualTo(student);
        assertThat(seenBy(ALICE.tagged(100).tagged(101).untagged(101))).isEqualTo(vip);
        assertThat(seenBy(ALICE.tagged(100).tagged(102))).isEqualTo(STANDARD);
        assertThat(seenBy(ALICE)).isEqualTo(STANDARD);
    }

    @Test
    void allFieldsOfARuleMustMatch() {
        String both = add("{'tag_id':'100','client_platform_type':'2'}");

        assertThat(seenBy(ALICE.tagged(100).on(Client.ANDROID))).isEqualTo(both);
        assertThat(seenBy(ALICE.on(Client.ANDROID))).isEqualTo(STANDARD);
        assertThat(seenBy(ALICE.tagged(100))).isEqualTo(STANDARD);
    }

    @ParameterizedTest
    @CsvSource({"1,IOS", "2,ANDROID", "3,OTHER"})
    void clientsHaveTheDigitsOfTheReference(String digit, Client client) {
        String menuid = add("{'client_platform_type':'" + digit + "'}");

        assertThat(seenBy(ALICE.on(client))).isEqualTo(menuid);
        for (Client other : Client.values()) {
            assertThat(seenBy(ALICE.on(other)).equals(menuid)).isEqualTo(other == client);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            delimiter = ';',
            value = {"{'tag_id':'100'}", "{'tag_id':100}", "{'group_id':'100'}", "{'group_id':100,'sex':''}"})
    void takesTheTagUnderBothNamesAsTextOrNumber(String rule) {
        String menuid = add(rule);

        assertThat(seenBy(ALICE.tagged(100))).isEqualTo(menuid);
        assertThat(menus.get().at("/conditionalmenu/0/matchrule").toString()).isEqualTo("{\"group_id\":100}");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            delimiter = ';',
            value = {
                "{'client_platform_type':'1','sex':'1'}",
                "{'client_platform_type':'1','country':'中国'}",
                "{'client_platform_type':'1','country':'中国','province':'广东','city':'广州'}",
                "{'client_platform_type':'1','language':'zh_CN'}"
            })
    void anOldMenuWithAWithdrawnFieldIsDead(String rule) {
        String alive = add("{'client_platform_type':'1'}");
        String dead = menus.addConditionalOfOld(personalised(rule, CLICK));

        assertThat(dead).isGreaterThan(alive);
        assertThat(seenBy(ALICE)).isEqualTo(alive);
    }

    @Test
    void anOldRuleIsShownWithItsWithdrawnFields() {
        menus.addConditionalOfOld(personalised(
                "{'group_id':'2','sex':'1','country':'中国','province':'广东','city':'广州','client_platform_type':'2','language':'zh_CN'}",
                CLICK));

        assertThat(menus.get().at("/conditionalmenu/0/matchrule"))
                .hasToString(("{'group_id':2,'sex':1,'country':'中国','province':'广东','city':'广州','language':'zh_CN',"
                                + "'client_platform_type':2}")
                        .replace('\'', '"'));
    }

    @Test
    void eachGetsAnIdOfItsOwnEvenForAnEqualRule() {
        String first = add("{'tag_id':'100'}");
        String second = add("{'tag_id':'100'}");

        assertThat(first).isEqualTo("430000002").isLessThan(second).hasSize(9);
        assertThat(seenBy(ALICE.tagged(100))).isEqualTo(second);
    }

    @Test
    void theyOutliveASecondCreate() {
        String menuid = add("{'client_platform_type':'1'}");

        menus.create(MenuJson.menu(CLICK));

        assertThat(seenBy(ALICE)).isEqualTo(menuid);
        assertThat(seenBy(ALICE.on(Client.OTHER))).isEqualTo("430000003");
    }

    @Test
    void areDeletedOneByOne() {
        String first = add("{'client_platform_type':'1'}");
        String second = add("{'client_platform_type':'1'}");

        menus.deleteConditional(json("{'menuid':" + second + "}"));

        assertThat(seenBy(ALICE)).isEqualTo(first);
        assertThat(TestMenus.errcode(() -> menus.deleteConditional(json("{'menuid':'" + second + "'}"))))
                .isEqualTo(65301);
    }

    @Test
    void goWithTheDefaultMenu() {
        String menuid = add("{'client_platform_type':'1'}");

        menus.delete();

        assertThat(menus.seenBy(ALICE)).isEmpty();
        assertThat(TestMenus.errcode(() -> menus.deleteConditional(json("{'menuid':'" + menuid + "'}"))))
                .isEqualTo(65301);
        menus.create(MenuJson.menu(CLICK));
        assertThat(menus.get().has("conditionalmenu")).isFalse();
        assertThat(seenBy(ALICE)).isEqualTo("430000003");
    }

    private String add(String rule) {
        return menus.addConditional(personalised(rule, CLICK));
    }

    private String seenBy(Follower person) {
        return menus.seenBy(person).orElseThrow().menuid();
    }
}
