package io.weir.bench.wxjava;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import me.chanjar.weixin.common.session.WxSessionManager;
import me.chanjar.weixin.mp.api.WxMpMessageHandler;
import me.chanjar.weixin.mp.api.WxMpService;
import me.chanjar.weixin.mp.bean.message.WxMpXmlMessage;
import me.chanjar.weixin.mp.bean.message.WxMpXmlOutMessage;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** For scripts/faults: does what a text says, notes each run and names push and run in its answer, as src/test/backends/faults.js does. */
final class Ledger implements WxMpMessageHandler {
    private static final String FAILURE = "failure";
    private static final String LOGIN =
            "<!doctype html><title>Log in</title><form method=\"post\"><input name=\"user\"></form>";

    private final Path file;
    private final AtomicInteger runs = new AtomicInteger();

    Ledger(Path file) {
        this.file = file;
    }

    /** What is answered instead of a reply; null for nothing. */
    static ResponseEntity<String> failure() {
        Object failure =
                RequestContextHolder.currentRequestAttributes().getAttribute(FAILURE, RequestAttributes.SCOPE_REQUEST);
        return failure == null ? null : page((Integer) failure);
    }

    private static ResponseEntity<String> page(int status) {
        return ResponseEntity.status(status).contentType(MediaType.TEXT_HTML).body(status == 200 ? LOGIN : "");
    }

    @Override
    public WxMpXmlOutMessage handle(
            WxMpXmlMessage message, Map<String, Object> context, WxMpService service, WxSessionManager sessions) {
        String[] words = message.getContent().split(" ");
        String run = "backend." + ProcessHandle.current().pid() + "." + runs.incrementAndGet();
        note("started", words[0], run);
        String work = words.length > 1 ? words[1] : "";
        if (work.equals("sleep")) {
            sleep(Long.parseLong(words[2]));
        } else if (work.equals("status")) {
            fail(Integer.parseInt(words[2]));
            return null;
        } else if (work.equals("login")) {
            fail(200);
        }
        note("finished", words[0], run);
        return WxMpXmlOutMessage.TEXT()
                .content("answer to " + words[0] + " by run " + run)
                .fromUser(message.getToUser())
                .toUser(message.getFromUser())
                .build();
    }

    private static void fail(int status) {
        RequestContextHolder.currentRequestAttributes().setAttribute(FAILURE, status, RequestAttributes.SCOPE_REQUEST);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void note(String what, String push, String run) {
        String line =
                String.join(" ", what, push, run, "backend", "-", "false", Long.toString(System.currentTimeMillis()));
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
