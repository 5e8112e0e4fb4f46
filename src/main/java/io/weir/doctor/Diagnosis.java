package io.weir.doctor;

import io.weir.client.WeChatException;
import io.weir.client.admin.AdminException;
import io.weir.doctor.Doctor.Finding;
import io.weir.redis.RedisException;
import io.weir.wechat.api.ErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What failures mean for the operator. */
final class Diagnosis {
    private static final int NOT_IN_WHITELIST = 40164;
    private static final Pattern ADDRESS = Pattern.compile("invalid ip ([0-9A-Fa-f.:]+)");

    private Diagnosis() {}

    static Finding of(Throwable failure) {
        if (failure instanceof WeChatException known) {
            return ofWeChat(known);
        }
        if (failure instanceof AdminException known) {
            return known.kind() == AdminException.Kind.HARMFUL
                    ? Finding.skip(
                            "not tried: " + String.valueOf(known.getMessage()).replace("\n", " "))
                    : parted(Finding.Level.FAIL, String.valueOf(known.getMessage()));
        }
        if (failure instanceof RedisException known) {
            return Finding.fail(
                    String.valueOf(known.getMessage()), sentence(known.fault().hint()));
        }
        return Finding.fail("the check itself failed: " + failure, "This is a bug in Weir; please report it.");
    }

    /** WeChat said no, or nothing. */
    static Finding ofWeChat(WeChatException failure) {
        return failure.code().map(code -> refused(code, failure)).orElseGet(() -> unanswered(failure));
    }

    private static Finding unanswered(WeChatException failure) {
        Finding told = parted(Finding.Level.FAIL, String.valueOf(failure.getMessage()));
        String fix = told.fix().isEmpty()
                ? failure.explanation().remedy()
                : told.fix().get(0);
        return new Finding(
                told.level(),
                told.found(),
                told.expected(),
                List.of(fix, failure.explanation().chinese()),
                told.facts());
    }

    /** A message whose part behind the semicolon says what to do. */
    static Finding parted(Finding.Level level, String message) {
        String[] parts = message.split("; ", 2);
        List<String> fix = parts.length == 1 ? List.of() : List.of(sentence(parts[1]));
        return new Finding(level, parts[0], Optional.empty(), fix, Map.of());
    }

    static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + (words.endsWith("?") ? "" : ".");
    }

    private static Finding refused(ErrorCode code, WeChatException failure) {
        Finding finding = new Finding(
                Finding.Level.FAIL,
                "WeChat says " + (code.code() + " " + failure.errmsg()).strip() + ": "
                        + code.meaning().replaceAll("\\.$", ""),
                Optional.empty(),
                List.of(code.remedy(), code.chineseMeaning() + code.chineseRemedy()),
                Map.of("errcode", code.code(), "errmsg", failure.errmsg()));
        Finding named = failure.rid().map(rid -> finding.with("rid", rid)).orElse(finding);
        Matcher address = ADDRESS.matcher(failure.errmsg());
        return code.code() == NOT_IN_WHITELIST && address.find() ? toBeAdded(address.group(1), named) : named;
    }

    private static Finding toBeAdded(String address, Finding finding) {
        Finding told = new Finding(
                finding.level(),
                finding.found(),
                Optional.of(address + " in the account's IP whitelist (IP白名单)"),
                finding.fix(),
                finding.facts());
        return told.with("address", address);
    }
}
