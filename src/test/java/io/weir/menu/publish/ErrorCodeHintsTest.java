package io.weir.menu.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wechat.menu.Menu;
import io.weir.wechat.menu.MenuJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which buttons an error code of WeChat's can mean. */
class ErrorCodeHintsTest {
    private static final Menu MENU = MenuJson.menu(MenuJson.parse("""
            {"button":[
             {"type":"view","name":"主页","url":"https://www.example.com/"},
             {"name":"更多","sub_button":[
              {"type":"click","name":"笑话","key":"JOKE"},
              {"type":"view","name":"关于","url":"https://www.example.com/about"},
              {"type":"miniprogram","name":"下单","url":"https://www.example.com/","appid":"wx1","pagepath":"p"},
              {"type":"media_id","name":"图","media_id":"M"}]},
             {"type":"article_view_limited","name":"文章","article_id":"A"}]}
            """));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "40007 | button[1].sub_button[3] \"图\"",
                "40121 | button[1].sub_button[3] \"图\"",
                "53600 | button[2] \"文章\"",
                "45064 | button[1].sub_button[2] \"下单\"",
                "40055 | button[0] \"主页\"",
                "40019 | button[1].sub_button[0] \"笑话\"",
                "40017 | button[2] \"文章\"",
                "40024 | button[1].sub_button[2] \"下单\"",
            })
    void namesTheOneThatItCanBe(int code, String expected) {
        assertThat(ErrorCodeHints.of(code, MENU)).containsExactly(expected);
    }

    @Test
    void namesAFew() {
        assertThat(ErrorCodeHints.of(40054, MENU))
                .containsExactly("button[1].sub_button[1] \"关于\"", "button[1].sub_button[2] \"下单\"");
    }

    @ParameterizedTest
    @CsvSource({"-1", "45009", "48001", "40018"})
    void doesNotGuess(int code) {
        assertThat(ErrorCodeHints.of(code, MENU)).isEmpty();
    }

    @Test
    void everyButtonHasItsPlace() {
        assertThat(ErrorCodeHints.of(40018, new Menu(List.of(MENU.buttons().get(1)))))
                .hasSize(5)
                .contains("button[0] \"更多\"", "button[0].sub_button[0] \"笑话\"");
    }
}
