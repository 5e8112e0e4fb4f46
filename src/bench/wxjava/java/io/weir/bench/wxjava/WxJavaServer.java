package io.weir.bench.wxjava;

import java.nio.file.Path;
import java.util.Map;
import me.chanjar.weixin.common.api.WxConsts.EventType;
import me.chanjar.weixin.common.api.WxConsts.XmlMsgType;
import me.chanjar.weixin.mp.api.WxMpMessageRouter;
import me.chanjar.weixin.mp.api.WxMpService;
import me.chanjar.weixin.mp.api.impl.WxMpServiceImpl;
import me.chanjar.weixin.mp.bean.message.WxMpXmlOutMessage;
import me.chanjar.weixin.mp.config.impl.WxMpDefaultConfigImpl;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * An official account's server as WxJava's users write it: {@code WxMpMessageRouter} behind a Spring Boot controller. The
 * account and the answers by EventKey come from properties {@code bench.*}.
 */
@SpringBootApplication
public class WxJavaServer {
    /** Runs until it is killed. */
    public static void main(String[] args) {
        SpringApplication.run(WxJavaServer.class, args);
    }

    @Bean
    @ConfigurationProperties("bench.account")
    WxMpDefaultConfigImpl account() {
        return new WxMpDefaultConfigImpl();
    }

    @Bean
    @ConfigurationProperties("bench.answers")
    Answers answers() {
        return new Answers();
    }

    @Bean
    WxMpService service(WxMpDefaultConfigImpl account) {
        WxMpServiceImpl service = new WxMpServiceImpl();
        service.setWxMpConfigStorage(account);
        return service;
    }

    @Bean
    WxMpMessageRouter router(WxMpService service, Answers answers, @Value("${bench.ledger:}") String ledger) {
        WxMpMessageRouter router = new WxMpMessageRouter(service);
        if (!ledger.isEmpty()) {
            router.rule()
                    .async(false)
                    .msgType(XmlMsgType.TEXT)
                    .handler(new Ledger(Path.of(ledger)))
                    .end();
        }
        answers.byKey.forEach((key, text) -> router.rule()
                .async(false)
                .msgType(XmlMsgType.EVENT)
                .event(EventType.CLICK)
                .eventKey(key)
                .handler((message, context, wxMpService, sessions) -> WxMpXmlOutMessage.TEXT()
                        .content(text)
                        .fromUser(message.getToUser())
                        .toUser(message.getFromUser())
                        .build())
                .end());
        return router;
    }

    /** The answers by EventKey. */
    static class Answers {
        private Map<String, String> byKey = Map.of();

        public Map<String, String> getByKey() {
            return byKey;
        }

        public void setByKey(Map<String, String> byKey) {
            this.byKey = byKey;
        }
    }
}
