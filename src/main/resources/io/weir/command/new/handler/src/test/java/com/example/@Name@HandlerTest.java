package com.example;

import io.weir.simulator.people.Person;
import io.weir.testkit.WeirExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class @Name@HandlerTest {
    @RegisterExtension
    static final WeirExtension WEIR = WeirExtension.create()
            .handler(new @Name@Handler())
            .menu(Path.of("conf/menu.yaml"))
            .replies(Path.of("conf/replies.yaml"));

    @Test
    void answersItsButton(Person alice) {
        alice.taps("V1001_@NAME@").sees("You tapped V1001_@NAME@");
    }

    @Test
    void leavesTheOtherButtonToTheReplies(Person alice) {
        alice.taps("V1002_HELP").sees("Tap a button of the menu");
    }
}
