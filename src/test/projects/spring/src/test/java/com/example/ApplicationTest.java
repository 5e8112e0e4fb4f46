package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import io.weir.simulator.AccountCredentials;
import io.weir.simulator.people.Person;
import io.weir.testkit.WeirExtension;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class ApplicationTest {
    @RegisterExtension
    static final WeirExtension WEIR = WeirExtension.create()
            .pushingTo(URI.create("http://127.0.0.1:1/"))
            .credentials(AccountCredentials.UNCHANGED.withToken("springToken123"))
            .menu("button: [ { type: click, name: 下单, key: V1001_ORDER } ]");

    @LocalServerPort
    private int port;

    @BeforeEach
    void pushHere() {
        WEIR.wechat().pushTo("dev", URI.create("http://127.0.0.1:" + port + "/wechat"));
    }

    @Test
    void answersATapAndLogsInItsOwnWay(Person alice, CapturedOutput output) {
        alice.taps("V1001_ORDER").sees("Spring says V1001_ORDER");

        assertThat(output).contains("application: Application tapped V1001_ORDER");
    }

    @Test
    void keepsItsOwnLibraries() {
        assertThat(LoggerFactory.getILoggerFactory()).isInstanceOf(LoggerContext.class);
        LoggerContext logs = (LoggerContext) LoggerFactory.getILoggerFactory();
        assertThat(logs.getLogger("ROOT").getAppender("APPLICATION")).isNotNull();
        assertThat(logs.getLogger("ROOT").iteratorForAppenders()).toIterable().hasSize(1);
        assertThat(jar(LoggerContext.class)).isEqualTo("logback-classic-1.5.20.jar");
        assertThat(jar(LoggerFactory.class)).isEqualTo("slf4j-api-2.0.17.jar");
        assertThat(jar(com.fasterxml.jackson.databind.ObjectMapper.class)).isEqualTo("jackson-databind-2.19.2.jar");
        assertThat(jar(org.yaml.snakeyaml.Yaml.class)).isEqualTo("snakeyaml-2.4.jar");
    }

    private static String jar(Class<?> type) {
        String jar = Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .getFileName()
                .toString();
        System.out.println("library " + jar);
        return jar;
    }
}
