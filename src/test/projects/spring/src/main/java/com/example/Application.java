package com.example;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Answers taps in WeChat's plaintext protocol. */
@SpringBootApplication
@RestController
public class Application {
    private static final Logger LOG = LoggerFactory.getLogger(Application.class);
    private static final String TOKEN = "springToken123";

    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }

    @GetMapping("/wechat")
    String verify(
            @RequestParam String signature,
            @RequestParam String timestamp,
            @RequestParam String nonce,
            @RequestParam String echostr)
            throws Exception {
        check(signature, timestamp, nonce);
        return echostr;
    }

    @PostMapping("/wechat")
    String push(
            @RequestParam String signature,
            @RequestParam String timestamp,
            @RequestParam String nonce,
            @RequestBody String xml)
            throws Exception {
        check(signature, timestamp, nonce);
        String key = element(xml, "EventKey").orElse("");
        LOG.info("tapped {}", key);
        if (key.isEmpty()) {
            return "success";
        }
        return "<xml><ToUserName><![CDATA[%s]]></ToUserName><FromUserName><![CDATA[%s]]></FromUserName>"
                        .formatted(element(xml, "FromUserName").orElseThrow(), element(xml, "ToUserName").orElseThrow())
                + "<CreateTime>%d</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[Spring says %s]]></Content></xml>"
                        .formatted(System.currentTimeMillis() / 1000, key);
    }

    private static void check(String signature, String... parts) throws Exception {
        String[] signed = {TOKEN, parts[0], parts[1]};
        Arrays.sort(signed);
        byte[] digest = MessageDigest.getInstance("SHA-1").digest(String.join("", signed).getBytes(StandardCharsets.UTF_8));
        if (!HexFormat.of().formatHex(digest).equals(signature)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
    }

    private static Optional<String> element(String xml, String name) {
        Matcher element = Pattern.compile("<" + name + "><!\\[CDATA\\[(.*?)]]></" + name + ">").matcher(xml);
        return element.find() ? Optional.of(element.group(1)) : Optional.empty();
    }
}
