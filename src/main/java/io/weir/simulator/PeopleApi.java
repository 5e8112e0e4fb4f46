package io.weir.simulator;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.weir.simulator.people.People;
import io.weir.simulator.people.Phone;
import io.weir.simulator.people.Reaction;
import io.weir.simulator.people.TapInput;
import io.weir.simulator.platform.Client;
import io.weir.simulator.platform.Follower;
import io.weir.simulator.push.FieldSetting;
import io.weir.simulator.push.PushOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The people of the control API: who they are, and what they do. Mounted behind the checks that all of the control API
 * shares; blocks nothing.
 */
final class PeopleApi {
    private static final String PERSON = "/accounts/:account/people/:openid";

    private final Function<String, Optional<People>> people;

    /** @param people of the account of that name */
    PeopleApi(Function<String, Optional<People>> people) {
        this.people = people;
    }

    /** Adds its routes; bodies have been read by then. */
    void mount(Router router) {
        router.get("/accounts/:account/people").handler(context -> answer(context, Future.succeededFuture(list(context))));
        router.put(PERSON).handler(this::put);
        router.get(PERSON + "/menu").handler(context -> withPhone(context, this::menu));
        router.get(PERSON + "/chat").handler(context -> withPhone(context, this::chat));
        act(router, "taps", (phone, body) -> phone.tap(required(body, "button"), input(body)));
        act(router, "texts", (phone, body) -> phone.say(required(body, "text")));
        act(router, "pictures", (phone, body) -> phone.sendPicture());
        act(router, "follows", (phone, body) -> phone.follow(Optional.ofNullable(body.getString("scene"))));
        act(router, "leaves", (phone, body) -> phone.unfollow());
        act(router, "pushes", (phone, body) -> phone.send(order(body)));
    }

    private void act(Router router, String what, BiFunction<Phone, JsonObject, Future<Reaction>> action) {
        router.route(HttpMethod.POST, PERSON + "/" + what)
                .handler(context -> withPhone(context, phone -> action.apply(phone, body(context))
                        .map(ReactionJson::of)));
    }

    private JsonObject list(RoutingContext context) {
        JsonArray all = new JsonArray();
        of(context).all().forEach(person -> all.add(json(person)));
        return new JsonObject().put("people", all);
    }

    private void put(RoutingContext context) {
        JsonObject body = body(context);
        String openid = context.pathParam("openid");
        Follower asked = new Follower(
                openid,
                body.getString("wechatId", openid),
                body.getString("nickname", openid),
                body.getBoolean("subscribed", true),
                client(body.getString("client", "ios")),
                body.getString("language", "zh_CN"),
                tags(body));
        Phone phone = of(context).put(asked);
        phone.usesOldClient(body.getBoolean("oldClient", false));
        answer(context, Future.succeededFuture(json(asked)));
    }

    private Future<JsonObject> menu(Phone phone) {
        return Future.succeededFuture(
                phone.menu().map(menu -> new JsonObject(menu.toString())).orElseGet(JsonObject::new));
    }

    private Future<JsonObject> chat(Phone phone) {
        JsonArray lines = new JsonArray();
        phone.chat().stream().map(ReactionJson::of).forEach(lines::add);
        return Future.succeededFuture(new JsonObject().put("receiving", phone.receiving()).put("lines", lines));
    }

    private void withPhone(RoutingContext context, Function<Phone, Future<JsonObject>> action) {
        Phone phone = of(context)
                .find(context.pathParam("openid"))
                .orElseThrow(() -> new IllegalArgumentException("there is no person " + context.pathParam("openid")
                        + "; add one with PUT to the same path, body {\"nickname\":\"Alice\"}"));
        answer(context, action.apply(phone));
    }

    private People of(RoutingContext context) {
        String name = context.pathParam("account");
        return people.apply(name).orElseThrow(() -> new IllegalArgumentException("there is no account " + name));
    }

    private static void answer(RoutingContext context, Future<JsonObject> json) {
        json.onSuccess(body -> context.json(body)).onFailure(context::fail);
    }

    private static JsonObject body(RoutingContext context) {
        String text = Optional.ofNullable(context.body().asString()).orElse("");
        return text.isBlank() ? new JsonObject() : new JsonObject(text);
    }

    private static String required(JsonObject body, String name) {
        return Optional.ofNullable(body.getString(name))
                .orElseThrow(() -> new IllegalArgumentException("expected \"" + name + "\" in the body, found " + body.fieldNames()));
    }

    private static TapInput input(JsonObject body) {
        TapInput usual = TapInput.DEFAULT;
        JsonObject place = body.getJsonObject("place", new JsonObject());
        return new TapInput(
                body.getString("scan", usual.scan()),
                body.getString("scanType", usual.scanType()),
                body.getInteger("pictures", usual.pictures()),
                body.getBoolean("picturesFirst", usual.picturesFirst()),
                new TapInput.Place(
                        place.getString("latitude", usual.place().latitude()),
                        place.getString("longitude", usual.place().longitude()),
                        place.getString("scale", usual.place().scale()),
                        place.getString("label", usual.place().label()),
                        place.getString("poiName", usual.place().poiName())));
    }

    private static PushOrder order(JsonObject body) {
        List<FieldSetting> fields = new ArrayList<>();
        body.getJsonObject("fields", new JsonObject())
                .forEach(field -> fields.add(FieldSetting.parse(field.getKey() + "=" + field.getValue())));
        return new PushOrder(
                required(body, "type"), Optional.ofNullable(body.getString("key")), fields, Optional.empty());
    }

    private static Client client(String name) {
        return Stream.of(Client.values())
                .filter(client -> client.toString().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "client: expected ios, android or other, found '" + name + "'"));
    }

    private static List<Integer> tags(JsonObject body) {
        return body.getJsonArray("tags", new JsonArray()).stream()
                .map(tag -> ((Number) tag).intValue())
                .toList();
    }

    private static JsonObject json(Follower person) {
        return new JsonObject()
                .put("openid", person.openid())
                .put("wechatId", person.wechatId())
                .put("nickname", person.nickname())
                .put("subscribed", person.subscribed())
                .put("client", person.client().toString())
                .put("language", person.language())
                .put("tags", new JsonArray(person.tags()));
    }
}
