package io.weir.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Everything that was measured, each round and start, for programs. */
final class JsonFile {
    private final ObjectMapper json = new ObjectMapper();

    void write(
            Path file,
            Machine machine,
            Plan plan,
            List<Outcome> outcomes,
            Map<String, List<Double>> starts,
            List<Goal> goals)
            throws IOException {
        ObjectNode root = json.createObjectNode();
        root.put("time", Instant.now().toString());
        root.set("machine", json.valueToTree(machine));
        root.set("plan", plan(plan));
        ArrayNode servers = root.putArray("servers");
        outcomes.forEach(outcome -> servers.add(server(outcome)));
        root.set("firstAnswerSeconds", json.valueToTree(starts));
        ArrayNode reached = root.putArray("goals");
        goals.forEach(goal -> reached.add(goal(goal)));
        Files.createDirectories(file.toAbsolutePath().getParent());
        json.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
    }

    private ObjectNode plan(Plan plan) {
        return json.createObjectNode()
                .put("rounds", plan.rounds())
                .put("windowSeconds", plan.window().toMillis() / 1e3)
                .put("warmUpPushes", plan.warmUpPushes())
                .put("longestWarmUpSeconds", plan.longestWarmUp().toMillis() / 1e3)
                .put("rate", plan.rate())
                .put("starts", plan.starts())
                .put("connections", plan.connections());
    }

    private ObjectNode server(Outcome outcome) {
        ObjectNode server = json.createObjectNode()
                .put("name", outcome.name())
                .put("title", outcome.title())
                .put("settled", outcome.settled())
                .put("wrongAnswers", outcome.wrongAnswers());
        server.set("command", json.valueToTree(outcome.command()));
        server.set("rounds", json.valueToTree(outcome.rounds()));
        return server;
    }

    private ObjectNode goal(Goal goal) {
        ObjectNode node = json.createObjectNode().put("figure", goal.figure());
        node.set("measured", json.valueToTree(goal.measured()));
        node.put(goal.atLeast() ? "atLeast" : "atMost", goal.target()).put("met", goal.isMet());
        goal.stretch().ifPresent(stretch -> node.put("stretch", stretch).put("stretchMet", goal.isStretchMet()));
        return node;
    }
}
