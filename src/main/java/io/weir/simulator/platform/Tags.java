package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.platform.PlatformAccount.Kept;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tags of an account; who has them stands with the {@link Followers} (material-tags.md). Tagging is for all of a call's
 * people or for none.
 */
public final class Tags implements Kept {
    private static final int FIRST_ID = 100;
    /** 0, 1 and 2 are the system's. */
    private static final int LAST_OF_THE_SYSTEM = 2;

    private static final int MOST_TO_DELETE = 100_000;
    private static final int MAX_TAGS = 100;
    private static final int MAX_NAME_CHARACTERS = 30;
    private static final int MAX_TAGS_OF_A_PERSON = 20;
    private static final int MAX_PEOPLE_OF_A_CALL = 50;

    private final Followers followers;
    private final Map<Integer, String> names = new LinkedHashMap<>();
    private int nextId = FIRST_ID;

    Tags(Followers followers) {
        this.followers = followers;
    }

    /** tags/create: the id of the new tag. */
    public int create(String name) {
        check(name);
        if (names.size() >= MAX_TAGS) {
            throw new Refused(45056, "too many tag now, no need to add new");
        }
        names.put(nextId, name);
        return nextId++;
    }

    /** tags/update; to its own name again is nothing wrong. */
    public void rename(int id, String name) {
        require(id);
        if (!name.equals(names.get(id))) {
            check(name);
            names.put(id, name);
        }
    }

    private void check(String name) {
        if (name.isEmpty()) {
            throw invalid();
        }
        if (name.codePointCount(0, name.length()) > MAX_NAME_CHARACTERS) {
            throw new Refused(45158, "invalid tag name");
        }
        if (names.containsValue(name)) {
            throw new Refused(45157, "invalid tag name");
        }
    }

    /** tags/delete: whoever has it loses it. */
    public void delete(int id) {
        require(id);
        if (count(id) > MOST_TO_DELETE) {
            throw new Refused(45057, "can't delete the tag that has too many fans");
        }
        followers.all().forEach(person -> followers.put(person.untagged(id)));
        names.remove(id);
    }

    /** user/tag/get: a page of those who follow and have it. */
    public Followers.Page members(int id, String after) {
        if (!names.containsKey(id)) {
            throw new Refused(45159, "invalid tag id");
        }
        return followers.page(after, person -> person.tags().contains(id));
    }

    private void require(int id) {
        if (id >= 0 && id <= LAST_OF_THE_SYSTEM) {
            throw new Refused(45058, "can't modify sys tag");
        }
        if (!names.containsKey(id)) {
            throw new Refused(45159, "invalid tag id");
        }
    }

    /** tags/get: id, name and number of followers of each. */
    public ArrayNode list() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        names.forEach(
                (id, name) -> list.addObject().put("id", id).put("name", name).put("count", count(id)));
        return list;
    }

    private long count(int id) {
        return followers.all().stream()
                .filter(person -> person.subscribed() && person.tags().contains(id))
                .count();
    }

    /** tags/getidlist: in the order of tagging. */
    public List<Integer> of(String openid) {
        return follower(openid).tags();
    }

    /** tags/members/batchtagging: it becomes the last tag even of those who have it. */
    public void tag(List<String> openids, int id) {
        List<Follower> people = people(openids, id);
        if (people.stream().anyMatch(person -> isFull(person, id))) {
            throw new Refused(45059, "has too many tags");
        }
        people.forEach(person -> followers.put(person.tagged(id)));
    }

    private static boolean isFull(Follower person, int id) {
        return person.tags().size() >= MAX_TAGS_OF_A_PERSON && !person.tags().contains(id);
    }

    /** tags/members/batchuntagging: without effect on those who do not have it. */
    public void untag(List<String> openids, int id) {
        people(openids, id).forEach(person -> followers.put(person.untagged(id)));
    }

    private List<Follower> people(List<String> openids, int id) {
        if (openids.isEmpty() || openids.size() > MAX_PEOPLE_OF_A_CALL) {
            throw invalid();
        }
        if (!names.containsKey(id)) {
            throw new Refused(45159, "invalid tag id");
        }
        return openids.stream().map(this::follower).toList();
    }

    private Follower follower(String openid) {
        return followers
                .find(openid)
                .filter(Follower::subscribed)
                .orElseThrow(() -> new Refused(40003, "invalid openid"));
    }

    private static Refused invalid() {
        return new Refused(40035, "invalid parameter");
    }

    @Override
    public ObjectNode save() {
        ObjectNode saved = JsonNodeFactory.instance.objectNode().put("nextId", nextId);
        ObjectNode tags = saved.putObject("tags");
        names.forEach((id, name) -> tags.put(String.valueOf(id), name));
        return saved;
    }

    @Override
    public void load(ObjectNode saved) {
        names.clear();
        saved.path("tags")
                .properties()
                .forEach(tag ->
                        names.put(Integer.valueOf(tag.getKey()), tag.getValue().asText()));
        nextId = saved.path("nextId").asInt(FIRST_ID);
    }
}
