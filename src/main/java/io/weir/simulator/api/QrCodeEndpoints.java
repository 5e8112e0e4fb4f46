package io.weir.simulator.api;

import static io.weir.simulator.api.ApiCall.Method.POST;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.weir.http.EarlyAnswer;
import io.weir.simulator.api.ApiCall.CallAnswer;
import io.weir.simulator.api.ApiCall.CallRequest;
import io.weir.simulator.platform.Materials;
import io.weir.simulator.platform.Platform;
import io.weir.simulator.platform.QrCodes.QrCode;
import java.util.List;
import java.util.Optional;

/**
 * QR codes with a scene (users-qr-templates.md). The picture is a placeholder, PNG where WeChat's is JPEG: a camera cannot
 * scan it, people of the simulator can.
 */
public final class QrCodeEndpoints {
    /** The page of mp.weixin.qq.com, on the port of the API here. */
    private static final String SHOW = "/cgi-bin/showqrcode";

    private QrCodeEndpoints() {}

    /** For verified accounts. */
    public static List<ApiCall> all() {
        return List.of(ApiCall.verifiedOnly(POST, "/cgi-bin/qrcode/create", QrCodeEndpoints::create));
    }

    /** Serves the pictures, without a token. To be mounted before the API. */
    public static void mount(Router router, Platform platform) {
        router.get(SHOW).handler(context -> show(context, platform));
    }

    private static CallAnswer create(CallRequest request) {
        QrCode code = request.account().qrCodes().create(Bodies.json(request));
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("ticket", code.ticket());
        if (!code.forEver()) {
            answer.put("expire_seconds", code.seconds());
        }
        return new CallAnswer.Json(answer.put("url", code.url()));
    }

    private static void show(RoutingContext context, Platform platform) {
        String ticket =
                Optional.ofNullable(context.request().getParam("ticket")).orElse("");
        picture(platform, ticket)
                .ifPresentOrElse(
                        picture -> context.response()
                                .putHeader(HttpHeaders.CONTENT_TYPE, "image/png")
                                .putHeader("X-Content-Type-Options", "nosniff")
                                .end(picture),
                        () -> EarlyAnswer.end(context.vertx(), context.request(), 404));
    }

    private static Optional<Buffer> picture(Platform platform, String ticket) {
        return platform.exclusively(() -> platform.accounts().stream()
                .flatMap(account -> account.qrCodes().find(ticket).stream())
                .findFirst()
                .map(code -> Materials.picture(code.url())));
    }
}
