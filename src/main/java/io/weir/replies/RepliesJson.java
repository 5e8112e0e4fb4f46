package io.weir.replies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.config.Node.Mapping;
import io.weir.config.Place;
import io.weir.config.Problem;
import io.weir.config.Problems;
import io.weir.config.Section;
import io.weir.config.YamlEdit;
import io.weir.http.api.ApiFields;
import io.weir.http.api.ApiProblem;
import io.weir.replies.RepliesEditor.Draft;
import io.weir.replies.RepliesEditor.Edited;
import io.weir.replies.RepliesEditor.Present;
import io.weir.replies.Revisions.Revision;
import io.weir.rules.ReplyPreview;
import io.weir.rules.ReplyRules;
import io.weir.rules.Rule;
import io.weir.wechat.message.PushType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the routes of replies files take and tell, as JSON. */
final class RepliesJson {
    private static final int MAX_CHANGES = 100;
    private static final String REST = "*";
    private static final Map<String, PushType<?>> TYPES = PushType.all().stream()
            .filter(type -> type != PushType.UNKNOWN)
            .collect(Collectors.toUnmodifiableMap(PushType::wireName, Function.identity()));

    private RepliesJson() {}

    /** The rules as they stand in the text, with those kinds that have none. */
    static ObjectNode of(RepliesFile file, Present present, List<String> accounts, boolean shared) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("file", file.path().toString())
                .put("hash", present.hash())
                .put("builtIn", file.state().builtIn())
                .put("writable", present.refusal().isEmpty());
        present.refusal().ifPresent(reason -> json.put("reason", reason));
        accounts.forEach(json.putArray("accounts")::add);
        file.backends().stream().sorted().forEach(json.putArray("backends")::add);
        ObjectNode fleet = json.putObject("fleet").put("shared", shared).put("revision", present.fleet());
        file.conflict()
                .ifPresent(conflict -> fleet.putObject("conflict")
                        .put("revision", conflict.revision())
                        .put("author", conflict.author())
                        .put("cause", conflict.cause())
                        .put("causeZh", conflict.chineseCause())
                        .put("since", conflict.since().toString()));
        Problems problems = new Problems();
        ReplyRules rules = ReplyRules.parse(file.path().toString(), present.text(), file.backends(), problems);
        json.set("types", types(file, Section.parse(file.path().toString(), present.text(), new Problems())));
        json.put("rules", rules.rules().size());
        json.setAll(problems(problems));
        return json;
    }

    private static ArrayNode types(RepliesFile file, Section root) {
        Map<List<Object>, Long> hits = new HashMap<>();
        file.rules().rules().forEach(rule -> hits.put(List.of(section(rule), rule.key()), rule.hits()));
        ArrayNode types = JsonNodeFactory.instance.arrayNode();
        Stream.concat(PushType.all().stream().filter(type -> type != PushType.UNKNOWN), Stream.of(PushType.UNKNOWN))
                .forEach(type -> {
                    String name = type == PushType.UNKNOWN ? REST : type.wireName();
                    ObjectNode json = types.addObject()
                            .put("type", name)
                            .put("takesReply", type == PushType.UNKNOWN || type.takesReply())
                            .put("keyed", ReplyRules.hasKey(type));
                    ReplyRules.placeholders(type).forEach(json.putArray("placeholders")::add);
                    ArrayNode rules = json.putArray("rules");
                    if (root.node() instanceof Mapping map
                            && map.entries().containsKey(name)
                            && map.entries().get(name).value() instanceof Mapping section) {
                        section.entries()
                                .forEach((key, entry) -> rules.addObject()
                                        .put("key", key)
                                        .put("line", entry.line())
                                        .put("path", Place.path(name, key))
                                        .put("hits", hits.getOrDefault(List.<Object>of(name, key), 0L))
                                        .set("reply", YamlEdit.json(entry.value())));
                    }
                });
        return types;
    }

    private static String section(Rule rule) {
        return rule.type() == PushType.UNKNOWN ? REST : rule.type().wireName();
    }

    /** As {@code weir check --json} tells them. */
    static ObjectNode problems(Problems problems) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode all = json.putArray("problems");
        problems.all().forEach(problem -> all.add(problem(problem)));
        return json;
    }

    private static ObjectNode problem(Problem problem) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("severity", problem.severity().name().toLowerCase(Locale.ROOT))
                .put("file", problem.place().file())
                .put("line", problem.place().line())
                .put("path", problem.place().path())
                .put("found", problem.found())
                .put("rule", problem.rule());
        problem.hint().ifPresent(hint -> json.put("hint", hint));
        return json;
    }

    /** What a draft comes to; with what a test of it finds. */
    static ObjectNode draft(Edited edited, Optional<ApiFields> test) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("valid", edited.problems().errors().isEmpty())
                .put("changed", !edited.text().equals(edited.before()));
        json.setAll(problems(edited.problems()));
        json.set("diff", LineDiff.json(edited.before(), edited.text()));
        test.ifPresent(asked -> json.set("test", test(edited, asked)));
        return json;
    }

    /** The rule that answers, and what it says. */
    private static ObjectNode test(Edited edited, ApiFields test) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        PushType<?> type = TYPES.getOrDefault(test.requiredText("type"), PushType.UNKNOWN);
        Optional<String> key = ReplyRules.hasKey(type) ? test.text("key") : Optional.empty();
        Map<String, String> values = new HashMap<>();
        test.json("values")
                .ifPresent(given -> given.properties()
                        .forEach(each ->
                                values.put(each.getKey(), each.getValue().asText())));
        json.put("takesReply", type == PushType.UNKNOWN || type.takesReply());
        edited.rules().find(type, key).ifPresent(rule -> {
            JsonNode reply =
                    YamlEdit.read("replies", edited.text()).path(section(rule)).path(rule.key());
            json.putObject("rule")
                    .put("type", section(rule))
                    .put("key", rule.key())
                    .put("line", rule.line());
            json.set("reply", ReplyPreview.of(reply, values));
        });
        return json;
    }

    /**
     * What a caller sends.
     *
     * @throws io.weir.http.api.ApiProblem 400
     */
    static Draft draft(ApiFields fields) {
        List<YamlEdit.Change> changes =
                fields.objects("changes", "type", "key", "reply", "remove", "rename", "before").stream()
                        .map(RepliesJson::change)
                        .toList();
        Optional<String> revision = fields.text("revision");
        if (changes.size() > MAX_CHANGES || (revision.isPresent() && !changes.isEmpty())) {
            throw ApiProblem.badRequest("Send \"changes\", at most " + MAX_CHANGES + " of them, or a \"revision\".");
        }
        return new Draft(revision, changes);
    }

    private static YamlEdit.Change change(ApiFields fields) {
        Optional<JsonNode> reply = fields.json("reply");
        boolean removes = fields.flag("remove");
        Optional<String> rename = fields.text("rename");
        Optional<String> before = fields.text("before");
        boolean changes = reply.isPresent() || rename.isPresent() || before.isPresent();
        if (removes == changes || reply.filter(each -> !each.isObject()).isPresent()) {
            throw ApiProblem.badRequest(
                    "A change has an object \"reply\", \"rename\" or \"before\", or it has \"remove\": true.");
        }
        return new YamlEdit.Change(fields.requiredText("type"), fields.requiredText("key"), reply, rename, before);
    }

    static ObjectNode revisions(List<Revision> revisions, String present) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray("revisions");
        revisions.forEach(each -> list.addObject()
                .put("id", each.id())
                .put("time", each.time().toString())
                .put("author", each.author())
                .put("hash", each.hash())
                .put("present", each.hash().equals(present))
                .put("lines", each.text().lines().count()));
        return json;
    }
}
