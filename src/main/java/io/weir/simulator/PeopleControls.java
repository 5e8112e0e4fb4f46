package io.weir.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.weir.simulator.api.ControlProblem;
import io.weir.simulator.api.ControlRequest;
import io.weir.simulator.api.ControlRoute;
import io.weir.simulator.people.NoSuchButtonException;
import io.weir.simulator.people.NotAFollowerException;
import io.weir.simulator.people.People;
import io.weir.simulator.people.Phone;
import io.weir.simulator.people.Reaction;
import io.weir.simulator.people.TapInput;
import io.weir.simulator.platform.Client;
import io.weir.simulator.platform.Follower;
import io.weir.simulator.push.FieldSetting;
import io.weir.simulator.push.PushOrder;
import io.weir.simulator.push.PushOrderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes people, and lets them do what people do. An action is answered when WeChat has finished with its pushes. */
final class PeopleControls {
    private static final String PERSON = "accounts/:name/people/:openid";

    private final Map<String, People> people;

    /** @param people of each account, by its name */
    PeopleControls(Map<String, People> people) {
        this.people = Map.copyOf(people);
    }

    /** The table. */
    List<ControlRoute> all() {
        return List.of(
                ControlRoute.of(HttpMethod.GET, "accounts/:name/people", this::list),
                ControlRoute.of(HttpMethod.PUT, PERSON, this::put),
                ControlRoute.of(HttpMethod.GET, PERSON + "/menu", request -> menu(phone(request))),
                ControlRoute.of(HttpMethod.GET, PERSON + "/chat", request -> ReactionJson.chat(phone(request))),
                action("taps", this::tap),
                action("texts", this::text),
                action("pictures", request -> bare(request).sendPicture()),
                action("follows", this::follow),
                action("leaves", request -> bare(request).unfollow()),
                action("pushes", this::push));
    }

    private static ControlRoute action(String what, ControlAction action) {
        return new ControlRoute(HttpMethod.POST, PERSON + "/" + what, request -> done(action, request));
    }

    private static Future<ObjectNode> done(ControlAction action, ControlRequest request) {
        try {
            return action.of(request).map(ReactionJson::of);
        } catch (NotAFollowerException e) {
            throw new ControlProblem(409, "The person does not follow", String.valueOf(e.getMessage()));
        } catch (NoSuchButtonException | PushOrderException | IllegalArgumentException e) {
            throw ControlProblem.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private ObjectNode list(ControlRequest request) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode all = json.putArray("people");
        of(request).all().forEach(person -> all.add(json(person)));
        return json;
    }

    private ObjectNode put(ControlRequest request) {
        request.only("nickname", "wechatId", "subscribed", "client", "language", "tags", "oldClient");
        String openid = request.inPath("openid");
        Follower person = new Follower(
                openid,
                request.text("wechatId").orElse(openid),
                request.text("nickname").orElse(openid),
                request.flag("subscribed").orElse(true),
                client(request.text("client").orElse("ios")),
                request.text("language").orElse("zh_CN"),
                tags(request));
        try {
            of(request).put(person).usesOldClient(request.flag("oldClient").orElse(false));
        } catch (IllegalStateException full) {
            throw new ControlProblem(409, "Too many people", String.valueOf(full.getMessage()));
        }
        return json(person);
    }

    private Future<Reaction> tap(ControlRequest request) {
        request.only("button", "scan", "scanType", "pictures", "picturesFirst", "place");
        String button = ControlRequest.required(request.text("button"), "button");
        return phone(request).tap(button, input(request));
    }

    /** The phone for an action of which nothing can be said. */
    private Phone bare(ControlRequest request) {
        request.only();
        return phone(request);
    }

    private Future<Reaction> follow(ControlRequest request) {
        request.only("scene");
        return phone(request).follow(request.text("scene"));
    }

    private Future<Reaction> text(ControlRequest request) {
        request.only("text");
        return phone(request).say(ControlRequest.required(request.text("text"), "text"));
    }

    private Future<Reaction> push(ControlRequest request) {
        request.only("type", "key", "fields");
        List<FieldSetting> fields = new ArrayList<>();
        request.object("fields")
                .properties()
                .forEach(field -> fields.add(FieldSetting.parse(
                        field.getKey() + "=" + field.getValue().asText())));
        String type = ControlRequest.required(request.text("type"), "type");
        return phone(request).send(new PushOrder(type, request.text("key"), fields, Optional.empty()));
    }

    private static TapInput input(ControlRequest request) {
        TapInput usual = TapInput.DEFAULT;
        JsonNode place = request.object("place");
        return new TapInput(
                request.text("scan").orElse(usual.scan()),
                request.text("scanType").orElse(usual.scanType()),
                request.integer("pictures").orElse(usual.pictures()),
                request.flag("picturesFirst").orElse(usual.picturesFirst()),
                new TapInput.Place(
                        place.path("latitude").asText(usual.place().latitude()),
                        place.path("longitude").asText(usual.place().longitude()),
                        place.path("scale").asText(usual.place().scale()),
                        place.path("label").asText(usual.place().label()),
                        place.path("poiName").asText(usual.place().poiName())));
    }

    private static ObjectNode menu(Phone phone) {
        return phone.menu().orElseGet(JsonNodeFactory.instance::objectNode);
    }

    private Phone phone(ControlRequest request) {
        String openid = request.inPath("openid");
        return of(request)
                .find(openid)
                .orElseThrow(() -> ControlProblem.notFound(
                        "There is no person " + openid + "; PUT {\"nickname\": \"Alice\"} to the same path adds one."));
    }

    private People of(ControlRequest request) {
        String name = request.inPath("name");
        return Optional.ofNullable(people.get(name))
                .orElseThrow(() -> ControlProblem.notFound("There is no account \"" + name + "\"; there are: "
                        + String.join(", ", people.keySet().stream().sorted().toList()) + "."));
    }

    private static Client client(String name) {
        return Stream.of(Client.values())
                .filter(client -> client.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> ControlProblem.badRequest(
                        "The field \"client\" has to be ios, android or other, found " + name + "."));
    }

    private static List<Integer> tags(ControlRequest request) {
        return request.integers("tags").orElse(List.of());
    }

    private static ObjectNode json(Follower person) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("openid", person.openid())
                .put("wechatId", person.wechatId())
                .put("nickname", person.nickname())
                .put("subscribed", person.subscribed())
                .put("client", person.client().toString())
                .put("language", person.language());
        person.tags().forEach(json.putArray("tags")::add);
        return json;
    }

    /** What a person is told to do. */
    @FunctionalInterface
    private interface ControlAction {
        Future<Reaction> of(ControlRequest request);
    }
}
