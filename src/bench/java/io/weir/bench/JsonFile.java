package io.weir.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.bench.Figures.Start;
import io.weir.bench.Sweep.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Everything that was measured, each round and start, for programs. The README lists the keys. */
final class JsonFile {
    /** Another number when a key goes or means something else. */
    private static final int FORMAT = 2;

    private final ObjectMapper json = new ObjectMapper();

    /** The servers of a run. */
    void write(Path file, Machine machine, Plan plan, List<Outcome> outcomes, Map<String, List<Start>> starts)
            throws IOException {
        ObjectNode root = root(machine, plan, Goals.of(outcomes, starts));
        ArrayNode servers = root.putArray("servers");
        outcomes.forEach(outcome -> servers.add(server(outcome)));
        root.set("starts", json.valueToTree(starts));
        write(file, root);
    }

    /** A sweep. */
    void write(Path file, Machine machine, Plan plan, List<Row> rows) throws IOException {
        ObjectNode root = root(machine, plan, Goals.ofSweep(rows));
        ArrayNode sweep = root.putArray("sweep");
        rows.forEach(row -> sweep.add(row(row)));
        write(file, root);
    }

    private ObjectNode root(Machine machine, Plan plan, List<Goal> goals) {
        ObjectNode root = json.createObjectNode()
                .put("format", FORMAT)
                .put("time", Instant.now().toString());
        root.set("machine", json.valueToTree(machine));
        root.set("plan", plan(plan));
        ArrayNode reached = root.putArray("goals");
        goals.forEach(goal -> reached.add(goal(goal)));
        return root;
    }

    private void write(Path file, ObjectNode root) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        json.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
    }

    private ObjectNode row(Row row) {
        ObjectNode node =
                json.createObjectNode().put("dimension", row.dimension()).put("size", row.size());
        row.cpuMicros().ifPresent(micros -> node.set("cpuMicros", json.valueToTree(micros)));
        row.gcMicros().ifPresent(micros -> node.set("gcMicros", json.valueToTree(micros)));
        row.ratio().ifPresent(ratio -> node.set("ratio", json.valueToTree(ratio)));
        row.problem().ifPresent(problem -> node.put("problem", problem));
        return node;
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
        server.set("command", json.valueToTree(outcome.contestant().command().apply(0)));
        outcome.allocatedBytes().ifPresent(bytes -> server.set("allocatedBytes", json.valueToTree(bytes)));
        server.set("rounds", json.valueToTree(outcome.rounds()));
        return server;
    }

    private ObjectNode goal(Goal goal) {
        ObjectNode node = json.createObjectNode().put("key", goal.key()).put("figure", goal.figure());
        node.set("measured", json.valueToTree(goal.measured()));
        node.put(goal.atLeast() ? "atLeast" : "atMost", goal.target()).put("met", goal.isMet());
        goal.stretch().ifPresent(stretch -> node.put("stretch", stretch).put("stretchMet", goal.isStretchMet()));
        return node;
    }
}
