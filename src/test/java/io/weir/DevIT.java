package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.weir.cli.ExitCode;
import io.weir.command.ConfigFiles;
import io.weir.command.ConfiguredAccounts;
import io.weir.config.Environment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevIT {
    /** Triggers that run at once: one after the other takes longer than all other process tests together. */
    private static final int AT_ONCE = 3;

    private static final String PUSH_URL = "push URL +(http://\\S+)";

    /** What the built-in answers make of the simulator's nine menu events. */
    private static final Map<String, String> ANSWERS = Map.of(
            "CLICK", "sunck is a good man",
            "VIEW", "",
            "scancode_push", "已扫描：https://www.example.com/table/12,a",
            "scancode_waitmsg", "扫描结果（qrcode）：parcel 12",
            "pic_sysphoto", "收到您拍的 1 张照片",
            "pic_photo_or_album", "收到 2 张图片",
            "pic_weixin", "收到您从相册选的 1 张图片",
            "location_select", "您选择的位置： 杭州市西湖区北山街 5 号（30.27, 120.15）",
            "view_miniprogram", "");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"plaintext", "safe"})
    void answersTheNineMenuEventsThatAnotherProcessTriggers(String mode) {
        try (WeirProcess dev = WeirProcess.start(folder, "dev")) {
            String url = dev.awaitOut(PUSH_URL);

            List<String> types = List.copyOf(ANSWERS.keySet());
            for (int from = 0; from < types.size(); from += AT_ONCE) {
                checkAnswers(types.subList(from, from + AT_ONCE), url, mode.equals("safe"));
            }
            assertThat(dev.err()).contains("push answered").doesNotContain("ERROR", "refused");
        }
    }

    @Test
    void findsPortsBesideOthersThatStartAtTheSameTime() {
        try (WeirProcess one = WeirProcess.start(folder, "dev");
                WeirProcess two = WeirProcess.start(folder, "dev");
                WeirProcess three = WeirProcess.start(folder, "dev")) {
            assertThat(List.of(one.awaitOut(PUSH_URL), two.awaitOut(PUSH_URL), three.awaitOut(PUSH_URL)))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void saysWhatToTryNext() {
        try (WeirProcess dev = WeirProcess.start(folder, "dev")) {
            String next = dev.awaitOut("java -jar weir.jar trigger (.*)");

            try (WeirProcess trigger = WeirProcess.start(folder, ("trigger " + next).split(" ", -1))) {
                assertThat(trigger.exitCode()).isEqualTo(ExitCode.DONE);
                assertThat(trigger.out()).contains("<EventKey>", "user sees: sunck is a good man", " ms");
            }
            assertThat(dev.signal("INT").exitCode()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(dev.err()).contains("stopped").doesNotContain("Exception");
        }
    }

    @Test
    void saysWhatToTryNextOfTheRepliesThatThereAre() throws IOException {
        Files.createDirectories(folder.resolve("conf"));
        Files.writeString(folder.resolve("conf/replies.yaml"), "CLICK: { V1001_ORDER: { text: ordered } }\n");

        try (WeirProcess dev = WeirProcess.start(folder, "dev")) {
            assertThat(dev.awaitOut("java -jar weir.jar trigger (.*)")).startsWith("CLICK --key V1001_ORDER");
        }
    }

    @Test
    void takesTheNextFreePortsBesideAnother() {
        try (WeirProcess first = WeirProcess.start(folder, "dev")) {
            String one = first.awaitOut(PUSH_URL);
            try (WeirProcess second = WeirProcess.start(folder, "dev", "--json")) {
                JsonObject told = new JsonObject(second.awaitOut("(\\{.*\\})"));

                assertThat(told.getString("push")).isNotEqualTo(one);
                assertThat(clicked(told.getString("push"), "V1001_SUNCK")).isEqualTo("sunck is a good man");
                assertThat(clicked(one, "V1001_SUNCK")).isEqualTo("sunck is a good man");
            }
        }
    }

    @Test
    void takesInChangedRepliesAndKeepsTheOldOnesWhenTheNewOnesAreBroken() throws IOException {
        Path replies = Files.createDirectory(folder.resolve("conf")).resolve("replies.yaml");
        Files.writeString(replies, "CLICK: { default: { text: one } }\n");
        try (WeirProcess dev = WeirProcess.start(folder, "dev")) {
            String url = dev.awaitOut(PUSH_URL);
            assertThat(clicked(url, "K")).isEqualTo("one");

            Files.writeString(replies, "CLICK: { default: { text: two } }\n");
            dev.awaitThat("the changed answer", () -> clicked(url, "K").equals("two"));

            Files.writeString(replies, "CLICK: { default: { text: \"{eventkey}\" } }\n");
            assertThat(dev.awaitErr("previous answers stay(.*)")).contains("replies.yaml:1", "eventKey");
            assertThat(clicked(url, "K")).isEqualTo("two");

            Path fresh = Files.writeString(folder.resolve("fresh"), "CLICK: { default: { text: three } }\n");
            Files.move(fresh, replies, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            dev.awaitThat("the mended answer", () -> clicked(url, "K").equals("three"));
        }
    }

    private void checkAnswers(List<String> types, String url, boolean safe) {
        List<WeirProcess> triggers =
                types.stream().map(type -> trigger(type, url, safe)).toList();
        for (int i = 0; i < types.size(); i++) {
            try (WeirProcess trigger = triggers.get(i)) {
                assertThat(trigger.exitCode()).isEqualTo(ExitCode.DONE);
                JsonObject report = new JsonObject(trigger.out());
                String expected = ANSWERS.getOrDefault(types.get(i), "");
                assertThat(report.getBoolean("accepted")).isTrue();
                JsonObject answer = report.getJsonObject("answer");
                assertThat(answer.getString("userSees")).isEqualTo(expected);
                assertThat(answer.getBoolean("encrypted")).isEqualTo(safe && !expected.isEmpty());
            }
        }
    }

    private WeirProcess trigger(String type, String url, boolean safe) {
        List<String> arguments = new ArrayList<>(List.of("trigger", type, "--to", url, "--json"));
        if (type.equals("CLICK")) {
            arguments.addAll(List.of("--key", "V1001_SUNCK"));
        }
        if (safe) {
            arguments.add("--safe");
        }
        return WeirProcess.start(folder, arguments.toArray(String[]::new));
    }

    private static String clicked(String url, String key) {
        ConfigFiles files = new ConfigFiles(Environment.of(Map.of()), Clock.systemUTC());
        try (WeChat wechat =
                new WeChat(new ConfiguredAccounts(files).find(Optional.empty(), Optional.empty()), URI.create(url))) {
            return wechat.click(key);
        }
    }
}
