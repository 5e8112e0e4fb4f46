package io.weir.bench.wxjava;

import me.chanjar.weixin.mp.api.WxMpMessageRouter;
import me.chanjar.weixin.mp.api.WxMpService;
import me.chanjar.weixin.mp.bean.message.WxMpXmlMessage;
import me.chanjar.weixin.mp.bean.message.WxMpXmlOutMessage;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The portal of WxJava's own demo: check the signature, read the message, route it, write the answer. */
@RestController
@RequestMapping("/wx/bench")
class PortalController {
    private final WxMpService service;
    private final WxMpMessageRouter router;

    PortalController(WxMpService service, WxMpMessageRouter router) {
        this.service = service;
        this.router = router;
    }

    @PostMapping(produces = "application/xml; charset=UTF-8")
    ResponseEntity<String> push(
            @RequestBody String body,
            @RequestParam("signature") String signature,
            @RequestParam("timestamp") String timestamp,
            @RequestParam("nonce") String nonce,
            @RequestParam("openid") String openid,
            @RequestParam(name = "encrypt_type", required = false) String encryptType,
            @RequestParam(name = "msg_signature", required = false) String messageSignature) {
        if (!service.checkSignature(timestamp, nonce, signature)) {
            throw new IllegalArgumentException("not a push of WeChat's");
        }
        WxMpXmlMessage message = encryptType == null
                ? WxMpXmlMessage.fromXml(body)
                : WxMpXmlMessage.fromEncryptedXml(
                        body, service.getWxMpConfigStorage(), timestamp, nonce, messageSignature);
        WxMpXmlOutMessage answer = router.route(message);
        ResponseEntity<String> failure = Ledger.failure();
        if (failure != null) {
            return failure;
        }
        String text = answer == null
                ? ""
                : encryptType == null ? answer.toXml() : answer.toEncryptedXml(service.getWxMpConfigStorage());
        return ResponseEntity.ok(text);
    }
}
