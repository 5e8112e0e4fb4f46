package io.weir.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.weir.simulator.api.ControlApi.ControlRoute;
import io.weir.simulator.api.ControlRequest;
import io.weir.simulator.api.ControlRequest.ControlProblem;
import io.weir.simulator.chat.Content;
import io.weir.simulator.page.PhoneJson;
import io.weir.simulator.page.Phones;
import io.weir.simulator.people.People;
import io.weir.simulator.people.Phone;
import io.weir.simulator.people.Phone.NoSuchButtonException;
import io.weir.simulator.people.Phone.NoSuchCodeException;
import io.weir.simulator.people.Phone.NotAFollowerException;
import io.weir.simulator.people.Phone.Reaction;
import io.weir.simulator.people.TapInput;
import io.weir.simulator.platform.Follower;
import io.weir.simulator.platform.Follower.Client;
import io.weir.simulator.push.Delivered;
import io.weir.simulator.push.PushOrder;
import io.weir.simulator.push.PushOrder.FieldSetting;
import io.weir.simulator.push.PushOrder.PushOrderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes people, and lets them do what people do. An action is answered when WeChat has finished with its pushes, or at once
 * with {@code "wait": false}.
 */
final class PeopleControls {
    private static final String PERSON = "accounts/:name/people/:openid";

    private static final Set<String> RECORDINGS = Set.of("voice", "video", "shortvideo");

    private final Phones phones;

    /** @param people of each account, by its name */
    PeopleControls(Map<String, People> people) {
        this.phones = new Phones(people);
    }

    /** The table. */
    List<ControlRoute> all() {
        return List.of(
                ControlRoute.of(HttpMethod.GET, "accounts/:name/people", this::list),
                ControlRoute.of(HttpMethod.PUT, PERSON, this::put),
                ControlRoute.of(HttpMethod.GET, PERSON + "/menu", request -> menu(phones.phone(request))),
                ControlRoute.of(HttpMethod.GET, PERSON + "/chat", request -> ReactionJson.chat(phones.phone(request))),
                action("taps", this::tap),
                action("texts", this::text),
                action("pictures", this::picture),
                action("recordings", this::recording),
                action("links", this::link),
                action("places", this::place),
                action("follows", this::follow),
                action("scans", this::scan),
                action("leaves", this::leave),
                action("pushes", this::push));
    }

    private static ControlRoute action(String what, ControlAction action) {
        return new ControlRoute(HttpMethod.POST, PERSON + "/" + what, request -> done(action, request));
    }

    private static Future<ObjectNode> done(ControlAction action, ControlRequest request) {
        try {
            boolean waits = request.flag("wait").orElse(true);
            Future<Reaction> reaction = action.of(request.without("wait"));
            return (waits ? reaction : Future.succeededFuture(Reaction.NONE)).map(ReactionJson::of);
        } catch (NotAFollowerException e) {
            throw new ControlProblem(409, "The person does not follow", String.valueOf(e.getMessage()));
        } catch (NoSuchButtonException | NoSuchCodeException | PushOrderException | IllegalArgumentException e) {
            throw ControlProblem.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private ObjectNode list(ControlRequest request) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode all = json.putArray("people");
        phones.people(request).all().forEach(person -> all.add(PhoneJson.of(person)));
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
            phones.people(request)
                    .put(person)
                    .usesOldClient(request.flag("oldClient").orElse(false));
        } catch (IllegalStateException full) {
            throw new ControlProblem(409, "Too many people", String.valueOf(full.getMessage()));
        }
        return PhoneJson.of(person);
    }

    private Future<Reaction> tap(ControlRequest request) {
        request.only("button", "position", "scan", "scanType", "pictures", "picturesFirst", "album", "place");
        Phone phone = phones.phone(request);
        Optional<List<Integer>> position = request.integers("position");
        return position.isPresent()
                ? phone.tap(position.get(), input(request))
                : phone.tap(ControlRequest.required(request.text("button"), "button"), input(request));
    }

    private Future<Reaction> picture(ControlRequest request) {
        request.only("picture");
        Phone phone = phones.phone(request);
        return request.text("picture").map(phone::sendPicture).orElseGet(phone::sendPicture);
    }

    private Future<Reaction> recording(ControlRequest request) {
        request.only("type");
        String type = ControlRequest.required(request.text("type"), "type");
        if (!RECORDINGS.contains(type)) {
            throw ControlProblem.badRequest(
                    "The field \"type\" has to be voice, video or shortvideo, found " + type + ".");
        }
        return phones.phone(request).sendRecording(type);
    }

    private Future<Reaction> link(ControlRequest request) {
        request.only("title", "description", "url");
        return phones.phone(request)
                .sendLink(new Content.Link(
                        ControlRequest.required(request.text("title"), "title"),
                        request.text("description").orElse(""),
                        ControlRequest.required(request.text("url"), "url")));
    }

    private Future<Reaction> place(ControlRequest request) {
        request.only("place");
        return phones.phone(request).sendPlace(placeIn(request));
    }

    private Future<Reaction> leave(ControlRequest request) {
        request.only();
        return phones.phone(request).unfollow();
    }

    private Future<Reaction> follow(ControlRequest request) {
        request.only("scene");
        return phones.phone(request).follow(request.text("scene"));
    }

    private Future<Reaction> scan(ControlRequest request) {
        request.only("code");
        return phones.phone(request).scan(ControlRequest.required(request.text("code"), "code"));
    }

    private Future<Reaction> text(ControlRequest request) {
        request.only("text", "entry");
        return phones.phone(request).say(ControlRequest.required(request.text("text"), "text"), request.text("entry"));
    }

    private Future<Reaction> push(ControlRequest request) {
        request.only("type", "key", "fields");
        List<FieldSetting> fields = new ArrayList<>();
        request.object("fields")
                .properties()
                .forEach(field -> fields.add(FieldSetting.parse(
                        field.getKey() + "=" + field.getValue().asText())));
        String type = ControlRequest.required(request.text("type"), "type");
        return phones.phone(request).send(new PushOrder(type, request.text("key"), fields, Optional.empty()));
    }

    private static TapInput input(ControlRequest request) {
        TapInput usual = TapInput.DEFAULT;
        List<String> album = request.texts("album").orElse(usual.album());
        return new TapInput(
                request.text("scan").orElse(usual.scan()),
                request.text("scanType").orElse(usual.scanType()),
                request.integer("pictures").orElse(album.isEmpty() ? usual.pictures() : album.size()),
                request.flag("picturesFirst").orElse(usual.picturesFirst()),
                album,
                placeIn(request));
    }

    private static TapInput.Place placeIn(ControlRequest request) {
        JsonNode place = request.object("place");
        TapInput.Place usual = TapInput.DEFAULT.place();
        return new TapInput.Place(
                place.path("latitude").asText(usual.latitude()),
                place.path("longitude").asText(usual.longitude()),
                place.path("scale").asText(usual.scale()),
                place.path("label").asText(usual.label()),
                place.path("poiName").asText(usual.poiName()));
    }

    private static ObjectNode menu(Phone phone) {
        return phone.menu().orElseGet(JsonNodeFactory.instance::objectNode);
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

    /** What a person is told to do. */
    @FunctionalInterface
    private interface ControlAction {
        Future<Reaction> of(ControlRequest request);
    }

    /** What people saw, as the control API tells it. */
    static final class ReactionJson {
        private ReactionJson() {}

        static ObjectNode of(Reaction reaction) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            ArrayNode pushes = json.putArray("pushes");
            reaction.pushes().forEach(push -> pushes.add(of(push)));
            ArrayNode lines = json.putArray("lines");
            reaction.lines().forEach(line -> lines.add(PhoneJson.of(line)));
            return json;
        }

        static ObjectNode chat(Phone phone) {
            ObjectNode json = JsonNodeFactory.instance.objectNode().put("receiving", phone.receiving());
            ArrayNode lines = json.putArray("lines");
            phone.chat().forEach(line -> lines.add(PhoneJson.of(line)));
            return json;
        }

        private static ObjectNode of(Delivered push) {
            ObjectNode json = JsonNodeFactory.instance
                    .objectNode()
                    .put("type", push.push().type())
                    .put("attempts", push.attempts().size())
                    .put("duplicates", push.duplicates().size())
                    .put("effect", push.verdict().effect().name().toLowerCase(Locale.ROOT))
                    .put("text", push.verdict().text())
                    .put("xml", push.push().xml());
            push.verdict().remark().ifPresent(remark -> json.put("remark", remark));
            return json;
        }
    }
}
