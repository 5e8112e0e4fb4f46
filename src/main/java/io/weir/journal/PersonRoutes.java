package io.weir.journal;

import static io.weir.http.api.Access.OPERATOR;
import static io.weir.http.api.ApiRoute.get;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.client.calls.TagCalls.Tag;
import io.weir.dispatch.Outcome.Kind;
import io.weir.dispatch.late.Grant;
import io.weir.dispatch.once.PushesInProgress;
import io.weir.fleet.Fleet;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiFields;
import io.weir.http.api.ApiProblem;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.ApiRoute;
import io.weir.journal.FleetPushes.Told;
import io.weir.journal.RecentStream.Line;
import io.weir.wechat.message.PushType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The routes of one person: what all instances still hold, and what WeChat tells when it is asked. A person is named by an OpenID, or by
 * what stands for it in addresses ({@link RecentStream#digest}): whoever may not see an OpenID need not know it.
 *
 * @param clock the one that the pushes' times are read from
 */
record PersonRoutes(FleetPushes pushes, PersonPushes here, Clock clock, JournalRoutes.WeChat wechat) {
    private static final String PERSON = "/api/v1/accounts/{account}/people/{openid}";
    private static final String QUESTION = "person";
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final int DEFAULT_LISTED = 100;
    private static final int MOST_LISTED = 200;
    private static final Map<String, Boolean> TRUE_OR_FALSE = Map.of("true", true, "false", false);
    private static final Set<String> NOTHING_NEW = Set.of(Kind.STORED.label(), Kind.REFUSED.label());
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{4,64}");
    private static final Duration LONGEST_WINDOW = Stream.of(Grant.values())
            .map(Grant::window)
            .max(Comparator.naturalOrder())
            .orElseThrow();

    /** What is asked of each instance. */
    private record Question(String account, String person, int limit, boolean reveal) {
        static Question of(JsonNode json) {
            return new Question(
                    json.path("account").asText(),
                    json.path("person").asText(),
                    Math.max(1, Math.min(MOST_LISTED, json.path("limit").asInt(1))),
                    json.path("reveal").asBoolean());
        }

        ObjectNode json() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("account", account)
                    .put("person", person)
                    .put("limit", limit)
                    .put("reveal", reveal);
        }
    }

    /**
     * What an instance answers.
     *
     * @param answer empty where it has not
     */
    private record InstanceAnswer(String instance, Optional<JsonNode> answer, String problem) {
        Stream<ObjectNode> pushes() {
            return answer.stream()
                    .flatMap(told -> told.path("pushes").valueStream())
                    .filter(JsonNode::isObject)
                    .map(push -> ((ObjectNode) push).put("instance", instance));
        }
    }

    List<ApiRoute> all() {
        fleet().answer(QUESTION, question -> held(Question.of(question)));
        return List.of(
                get(PERSON, OPERATOR, this::person),
                get(PERSON + "/tags", OPERATOR, this::tags),
                get(PERSON + "/menu", OPERATOR, this::menu));
    }

    private Fleet fleet() {
        return pushes.fleet();
    }

    private Future<ObjectNode> held(Question asked) {
        return here.of(asked.account, asked.person, asked.limit, asked.reveal);
    }

    /** What stands for a person; the same for its OpenID. */
    private String digest(ApiRequest request) {
        String named = name(request);
        return RecentStream.isDigest(named)
                ? named
                : RecentStream.digest(pushes.appId(request.account()).orElse(""), named);
    }

    private static String name(ApiRequest request) {
        String named = request.inPath("openid");
        if (!NAME.matcher(named).matches()) {
            throw ApiProblem.badRequest(
                    "A person is named by a whole OpenID, or by \"person\" of a push. A masked OpenID may be"
                            + " that of several: narrow the list of pushes to it.");
        }
        return named;
    }

    // --- what is held

    private Future<ApiAnswer> person(ApiRequest request) {
        ApiFields fields = request.parameters("limit", "reveal");
        int limit = (int) PushList.number(fields, "limit", DEFAULT_LISTED, MOST_LISTED);
        boolean reveal = fields.oneOf("reveal", TRUE_OR_FALSE, false);
        Question question = new Question(request.account(), digest(request), limit, reveal);
        long newest = Math.max(0, here.detail().journal().newest());
        return pushes.told(Optional.of(question.account), RecentStream.MOST)
                .compose(told -> ask(question)
                        .map(asked -> ApiAnswer.json(new Conversation(question, asked, told)
                                .json(name(request))
                                .put("newest", newest))));
    }

    /**
     * The answers of all instances.
     *
     * @param complete whether all that there are could be asked, and have answered
     */
    private record Asked(boolean complete, List<InstanceAnswer> all) {}

    private Future<Asked> ask(Question question) {
        return fleet().members().compose(members -> {
            List<Future<InstanceAnswer>> asked = members.instances().stream()
                    .map(each -> ask(each.path("name").asText(), question))
                    .toList();
            return Future.join(asked).map(all -> {
                List<InstanceAnswer> held = asked.stream().map(Future::result).toList();
                boolean answered = held.stream().allMatch(each -> each.answer().isPresent());
                return new Asked(members.complete() && answered, held);
            });
        });
    }

    private Future<InstanceAnswer> ask(String instance, Question question) {
        Future<? extends JsonNode> answer = instance.equals(fleet().self())
                ? held(question)
                : fleet().ask(instance, QUESTION, question.json(), LIMIT);
        return answer.map(told -> new InstanceAnswer(instance, Optional.of(told), ""))
                .recover(failure -> failure instanceof ApiProblem problem
                        ? Future.succeededFuture(
                                new InstanceAnswer(instance, Optional.empty(), String.valueOf(problem.getMessage())))
                        : Future.failedFuture(failure));
    }

    /** What several instances hold, as one. */
    private final class Conversation {
        private final Question question;
        private final Asked asked;
        private final Told told;
        private final Instant now = clock.instant();
        private final List<ObjectNode> all;

        Conversation(Question question, Asked asked, Told told) {
            this.question = question;
            this.asked = asked;
            this.told = told;
            this.all = new ArrayList<>(
                    asked.all.stream().flatMap(InstanceAnswer::pushes).toList());
            Set<String> held = all.stream().map(Conversation::key).collect(Collectors.toCollection(HashSet::new));
            told.lines().stream()
                    .filter(this::isMeant)
                    .map(Line::json)
                    .filter(line -> held.add(key(line)))
                    .forEach(all::add);
            all.sort(Comparator.comparing((ObjectNode push) -> push.path("at").asText())
                    .thenComparing(push -> push.path("id").asLong()));
        }

        private boolean isMeant(Line line) {
            return line.sender().equals(question.person)
                    && line.summary().path("account").asText().equals(question.account)
                    && !line.summary().path("outcome").asText().equals("replay");
        }

        private static String key(ObjectNode push) {
            return push.path("instance").asText() + "/" + push.path("id").asLong();
        }

        /** @param named as it was asked for */
        ObjectNode json(String named) {
            List<ObjectNode> listed = all.subList(Math.max(0, all.size() - question.limit), all.size());
            boolean complete = asked.complete && told.complete();
            Optional<Instant> since = answers()
                    .map(answer -> Instant.parse(answer.path("since").asText()))
                    .max(Comparator.naturalOrder());
            ObjectNode json = JsonNodeFactory.instance
                    .objectNode()
                    .put("account", question.account)
                    .put("person", question.person)
                    .put("openid", openId(named))
                    .put("now", PushSummary.MILLIS.format(now))
                    .put("complete", complete)
                    .put(
                            "more",
                            listed.size() < all.size()
                                    || answers()
                                            .anyMatch(each -> each.path("more").asBoolean()));
            since.ifPresent(from -> json.put("since", PushSummary.MILLIS.format(from)));
            ArrayNode instances = json.putArray("instances");
            asked.all.forEach(each -> instances.add(instance(each)));
            json.set("window", window(complete ? since : Optional.empty()));
            json.putArray("pushes").addAll(listed);
            return json;
        }

        private Stream<JsonNode> answers() {
            return asked.all.stream().flatMap(each -> each.answer().stream());
        }

        private String openId(String named) {
            return all.stream()
                    .map(push -> push.path("openid").asText())
                    .filter(openId -> !openId.isEmpty())
                    .findFirst()
                    .orElse(
                            RecentStream.isDigest(named)
                                    ? ""
                                    : question.reveal ? named : PersonalDataMasks.openId(named));
        }

        private static ObjectNode instance(InstanceAnswer held) {
            ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", held.instance);
            held.answer.ifPresentOrElse(
                    answer -> json.put("since", answer.path("since").asText()),
                    () -> json.put("problem", held.problem));
            return json;
        }

        /** @param since from when on nothing is missing */
        private ObjectNode window(Optional<Instant> since) {
            Map<String, Instant> opened = answers()
                    .flatMap(answer -> answer.path("opened").valueStream())
                    .collect(Collectors.toMap(
                            each -> each.path("by").asText(),
                            each -> Instant.parse(each.path("at").asText()),
                            (one, other) -> one.isAfter(other) ? one : other));
            List<ObjectNode> windows = Stream.of(Grant.values())
                    .flatMap(grant ->
                            Optional.ofNullable(opened.get(grant.label())).map(at -> window(grant, at)).stream())
                    .sorted(Comparator.comparing((ObjectNode each) ->
                                    Instant.parse(each.path("until").asText()))
                            .reversed())
                    .toList();
            boolean open = windows.stream()
                    .anyMatch(each -> Instant.parse(each.path("until").asText()).isAfter(now));
            boolean known = since.filter(from -> !from.isAfter(now.minus(LONGEST_WINDOW)))
                    .isPresent();
            ObjectNode json = JsonNodeFactory.instance
                    .objectNode()
                    .put("state", hasLeft() ? "left" : open ? "open" : known ? "closed" : "unknown");
            json.putArray("opened").addAll(windows);
            return json;
        }

        /** Who has unfollowed, and done nothing since, cannot be sent anything; attempts of what was before may still come. */
        private boolean hasLeft() {
            List<String> types = all.stream()
                    .filter(push -> !NOTHING_NEW.contains(push.path("outcome").asText()))
                    .map(push -> push.path("type").asText())
                    .toList();
            return !types.isEmpty() && types.get(types.size() - 1).equals(PushType.UNSUBSCRIBE.wireName());
        }

        private ObjectNode window(Grant grant, Instant opened) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("by", grant.label())
                    .put("at", opened.toString())
                    .put("until", opened.plus(grant.window()).toString())
                    .put("messages", grant.messages())
                    .put("sent", sent(grant, opened));
        }

        /** Late replies to pushes of that kind since then; of each push one. */
        private long sent(Grant grant, Instant since) {
            return all.stream()
                    .filter(push -> push.path("grant").asText().equals(grant.label())
                            && push.path("lateReply").asText().equals(PushesInProgress.SENT)
                            && push.path("late").has("at")
                            && !Instant.parse(push.path("late").path("at").asText())
                                    .isBefore(since))
                    .map(push -> push.path("pushId").asText())
                    .distinct()
                    .count();
        }
    }

    // --- what WeChat is asked

    private Future<ApiAnswer> tags(ApiRequest request) {
        request.parameters();
        String account = request.account();
        return openId(request)
                .compose(openId -> wechat.tags().ofUser(account, openId))
                .compose(ids -> ids.isEmpty()
                        ? Future.succeededFuture(json(ids, List.of()))
                        : wechat.tags().all(account).map(all -> json(ids, all)))
                .map(ApiAnswer::json);
    }

    /** In the order of tagging. */
    private static ObjectNode json(List<Long> ids, List<Tag> all) {
        Map<Long, String> names = all.stream().collect(Collectors.toMap(Tag::id, Tag::name, (one, other) -> one));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray("tags");
        for (long id : ids) {
            ObjectNode tag = list.addObject().put("id", Long.toString(id));
            Optional.ofNullable(names.get(id)).ifPresent(name -> tag.put("name", name));
        }
        return json;
    }

    private Future<ApiAnswer> menu(ApiRequest request) {
        request.parameters();
        return openId(request)
                .compose(openId -> wechat.menu().apply(request.account(), openId))
                .map(ApiAnswer::json);
    }

    /** WeChat knows people by their OpenIDs alone: what stands for one some instance has to have seen. */
    private Future<String> openId(ApiRequest request) {
        String named = name(request);
        if (!RecentStream.isDigest(named)) {
            return Future.succeededFuture(named);
        }
        return ask(new Question(request.account(), named, 1, true))
                .map(asked -> asked.all.stream()
                        .flatMap(InstanceAnswer::pushes)
                        .map(push -> push.path("openid").asText())
                        .filter(openId -> !openId.isEmpty())
                        .findFirst()
                        .orElseThrow(() -> ApiProblem.of(
                                404,
                                "Nobody holds a push of this person any more",
                                "The OpenID is not known then: ask with the OpenID itself.")));
    }
}
