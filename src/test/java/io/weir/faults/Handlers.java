package io.weir.faults;

import io.weir.faults.fleet.CustomerService.Message;
import io.weir.faults.push.Attempt;
import io.weir.faults.push.Attempt.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the rows with sick handlers look at. */
final class Handlers {
    /** How long a late reply may take to reach its user by customer service. */
    static final Duration LATE = Duration.ofSeconds(5);
    /** How long something that must not come is waited for. */
    static final Duration NO_MORE = Duration.ofSeconds(2);

    private Handlers() {}

    static long begun(Trial trial) {
        return trial.runs().stream().filter(run -> !run.finished()).count();
    }

    static long notSuccess(Trial trial) {
        return trial.attempts().stream()
                .filter(attempt -> !attempt.reply().equals("success"))
                .count();
    }

    static long replies(Trial trial) {
        return trial.attempts().stream().filter(Handlers::isReply).count();
    }

    private static boolean isReply(Attempt attempt) {
        return attempt.outcome() == Outcome.ACCEPTED && attempt.reply().contains("answer to " + attempt.push() + " ");
    }

    static int messages(Trial trial) {
        return trial.fleet().customerService().messages().size();
    }

    /** How many messages have answered each push; those without one are missing. */
    static Map<String, Long> messagesByPush(Trial trial) {
        return trial.fleet().customerService().messages().stream()
                .map(message -> message.text().replaceFirst("answer to (.+) by run .*", "$1"))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    /** Of so many users who are owed a message each, those who got none or several. */
    static long usersWithoutTheirOne(Trial trial, int users) {
        Map<String, Long> messages = trial.fleet().customerService().messages().stream()
                .collect(Collectors.groupingBy(Message::openId, Collectors.counting()));
        return users - messages.values().stream().filter(count -> count == 1).count();
    }
}
