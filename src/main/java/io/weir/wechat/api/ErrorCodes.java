package io.weir.wechat.api;

import io.weir.wechat.api.ErrorCode.ErrorPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The table of error codes: {@code error-codes.txt} beside this class, read once. */
final class ErrorCodes {
    private static final String CREDENTIAL = "credential";
    private static final Map<String, ErrorCode> TABLE = read();

    private ErrorCodes() {}

    static ErrorCode of(int code) {
        ErrorCode known = TABLE.get(Integer.toString(code));
        return known == null ? unknown(code) : known;
    }

    static ErrorCode ofCredentialCall(int code) {
        ErrorCode special = TABLE.get(code + CREDENTIAL);
        return special == null ? of(code) : special;
    }

    private static Map<String, ErrorCode> read() {
        try (InputStream file = ErrorCodes.class.getResourceAsStream("error-codes.txt")) {
            byte[] bytes = Objects.requireNonNull(file, "error-codes.txt is missing in the jar")
                    .readAllBytes();
            return parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, ErrorCode> parse(String text) {
        Map<String, ErrorCode> table = new HashMap<>();
        for (String block : text.split("\n\n+", -1)) {
            if (!block.startsWith("#")) {
                entry(block.strip().split("\n", -1), table);
            }
        }
        return Map.copyOf(table);
    }

    private static void entry(String[] lines, Map<String, ErrorCode> table) {
        String[] head = lines[0].split(" ", -1);
        int code = Integer.parseInt(head[0]);
        ErrorCode entry = new ErrorCode(code, ErrorPolicy.valueOf(head[1]), lines[1], lines[2], lines[3], lines[4]);
        ErrorCode previous = table.put(head.length > 2 ? code + head[2] : head[0], entry);
        if (previous != null) {
            throw new IllegalStateException("error-codes.txt has " + lines[0] + " twice");
        }
    }

    private static ErrorCode unknown(int code) {
        if (code / 1000 == 61) {
            ErrorCode platform = of(61004);
            return new ErrorCode(
                    code,
                    platform.conduct(),
                    platform.meaning(),
                    platform.remedy(),
                    platform.chineseMeaning(),
                    platform.chineseRemedy());
        }
        return new ErrorCode(
                code,
                ErrorPolicy.GIVE_UP,
                "Error code " + code + ", which Weir does not know.",
                "See errmsg and look up " + code
                        + " in WeChat's list of return codes; openapi/rid/get explains the rid.",
                "错误码 " + code + "，Weir 尚未收录。",
                "请查看 errmsg，并在微信的返回码说明中查找 " + code + "；也可用 openapi/rid/get 查询 rid。");
    }
}
