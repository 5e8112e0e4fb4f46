package io.weir.simulator.platform;

import static io.weir.simulator.platform.Writing.assertRefused;
import static io.weir.simulator.platform.Writing.json;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageContentTest {
    private static final Map<String, String> MEDIA =
            Map.of("i1", "image", "v1", "voice", "m1", "video", "t1", "thumb", "n1", "news");

    private final MessageContent content = new MessageContent(id -> Optional.ofNullable(MEDIA.get(id)));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text            | {'content':'hello'}",
                "text            | {'content':'<a data-miniprogram-appid=~wx0123456789abcdef~ href=~#~>go</a>'}",
                "image           | {'media_id':'i1'}",
                "voice           | {'media_id':'v1'}",
                "video           | {'media_id':'m1','thumb_media_id':'t1'}",
                "video           | {'media_id':'m1','thumb_media_id':'i1','title':'a','description':'b'}",
                "music           | {'musicurl':'http://a','hqmusicurl':'http://b','thumb_media_id':'t1'}",
                "news            | {'articles':[{'title':'a','description':'','url':'http://a','picurl':''}]}",
                "mpnews          | {'media_id':'n1'}",
                "mpnewsarticle   | {'article_id':'a1'}",
                "msgmenu         | {'head_content':'','list':[{'id':'101','content':'good'}],'tail_content':''}",
                "wxcard          | {'card_id':'c1'}",
                "miniprogrampage | {'title':'a','appid':'wx1','pagepath':'p','thumb_media_id':'t1'}"
            })
    void takesEveryKind(String msgtype, String branch) {
        assertThatCode(() -> content.check(message(msgtype, branch))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "44004 | text            | {}",
                "44004 | text            | {'content':''}",
                "44004 | text            | {'content':null}",
                "45086 | text            | {'content':'<a data-miniprogram-appid=~WX0123456789ABCDEF~>go</a>'}",
                "45086 | text            | {'content':'<a data-miniprogram-appid=~~>go</a>'}",
                "45086 | text            | {'content':'<a data-miniprogram-appid=wx1>go</a>'}",
                "40007 | image           | {}",
                "40007 | image           | {'media_id':'unknown'}",
                "40007 | image           | {'media_id':'v1'}",
                "40007 | voice           | {'media_id':'i1'}",
                "40007 | video           | {'media_id':'i1','thumb_media_id':'t1'}",
                "40007 | video           | {'media_id':'m1'}",
                "40007 | video           | {'media_id':'m1','thumb_media_id':'v1'}",
                "40035 | music           | {'hqmusicurl':'http://b','thumb_media_id':'t1'}",
                "40035 | music           | {'musicurl':'http://a','thumb_media_id':'t1'}",
                "40007 | music           | {'musicurl':'http://a','hqmusicurl':'http://b'}",
                "40035 | news            | {'articles':[]}",
                "40035 | news            | {'articles':[{'description':'','url':'http://a','picurl':''}]}",
                "40035 | news            | {'articles':[{'title':'a','url':'http://a','picurl':''}]}",
                "40035 | news            | {'articles':[{'title':'a','description':'','picurl':''}]}",
                "40035 | news            | {'articles':[{'title':'a','description':'','url':'http://a'}]}",
                "45008 | news            | {'articles':[{'title':'a'},{'title':'b'}]}",
                "40007 | mpnews          | {'media_id':'i1'}",
                "40035 | mpnewsarticle   | {}",
                "40035 | msgmenu         | {'list':[{'id':'101','content':'good'}],'tail_content':''}",
                "40035 | msgmenu         | {'head_content':'','list':[{'id':'101','content':'good'}]}",
                "40035 | msgmenu         | {'head_content':'','list':[],'tail_content':''}",
                "40035 | msgmenu         | {'head_content':'','list':[{'id':'101'}],'tail_content':''}",
                "40035 | msgmenu         | {'head_content':'','list':[{'content':'good'}],'tail_content':''}",
                "40035 | wxcard          | {}",
                "40035 | miniprogrampage | {'appid':'wx1','pagepath':'p','thumb_media_id':'t1'}",
                "40035 | miniprogrampage | {'title':'a','pagepath':'p','thumb_media_id':'t1'}",
                "40035 | miniprogrampage | {'title':'a','appid':'wx1','thumb_media_id':'t1'}",
                "40007 | miniprogrampage | {'title':'a','appid':'wx1','pagepath':'p'}",
                "40035 | telepathy       | {}"
            })
    void refuses(int errcode, String msgtype, String branch) {
        assertRefused(errcode, () -> content.check(message(msgtype, branch)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'msgtype':null}", "{'msgtype':'text'}", "{'msgtype':'text','text':'hello'}"})
    void refusesAMessageWithoutItsBranch(String message) {
        int errcode = message.contains("text") ? 44004 : 40035;

        assertRefused(errcode, () -> content.check(json(message)));
    }

    @ParameterizedTest
    @CsvSource({"a, 2048", "é, 1024", "😀, 512"})
    void countsTheBytesOfAText(String character, int most) {
        assertThatCode(() -> content.check(text(character.repeat(most)))).doesNotThrowAnyException();
        assertRefused(45002, () -> content.check(text(character.repeat(most) + "a")));
    }

    @Test
    void boundsTheEntriesOfAMenu() {
        assertThatCode(() -> content.check(menu(MessageContent.MOST_ENTRIES, "good")))
                .doesNotThrowAnyException();
        assertRefused(45098, () -> content.check(menu(MessageContent.MOST_ENTRIES + 1, "good")));
    }

    @Test
    void boundsTheTextOfAnEntry() {
        String longest = "é".repeat(MessageContent.MOST_ENTRY_BYTES / 2);

        assertThatCode(() -> content.check(menu(1, longest))).doesNotThrowAnyException();
        assertRefused(45099, () -> content.check(menu(1, longest + "a")));
    }

    @Test
    void takesAnAgentAndRefusesOneWithoutAName() {
        ObjectNode message = text("hello");

        message.set("customservice", json("{'kf_account':'anna@gwtest'}"));
        assertThatCode(() -> content.check(message)).doesNotThrowAnyException();
        message.set("customservice", json("{}"));

        assertRefused(40035, () -> content.check(message));
    }

    private static ObjectNode message(String msgtype, String branch) {
        ObjectNode message = json("{'msgtype':'" + msgtype + "'}");
        message.set(msgtype, json(branch.replace("~", "\\'")));
        return message;
    }

    private static ObjectNode text(String content) {
        return Writing.text("o", content);
    }

    private static ObjectNode menu(int entries, String content) {
        ObjectNode message = message("msgmenu", "{'head_content':'a','tail_content':'b'}");
        for (int i = 0; i < entries; i++) {
            message.withObject("/msgmenu")
                    .withArray("list")
                    .addObject()
                    .put("id", i)
                    .put("content", content);
        }
        return message;
    }
}
