package io.weir.simulator.page;

import io.weir.simulator.api.ControlRequest;
import io.weir.simulator.api.ControlRequest.ControlProblem;
import io.weir.simulator.people.People;
import io.weir.simulator.people.Phone;
import java.util.Map;
import java.util.Optional;

/** Finds the people that the path of a request to the control API names, or tells who there is. */
public final class Phones {
    private final Map<String, People> people;

    /** @param people of each account, by its name */
    public Phones(Map<String, People> people) {
        this.people = Map.copyOf(people);
    }

    /** Those of the account in the path. */
    public People people(ControlRequest request) {
        String name = account(request);
        return Optional.ofNullable(people.get(name))
                .orElseThrow(() -> ControlProblem.notFound("There is no account \"" + name + "\"; there are: "
                        + String.join(", ", people.keySet().stream().sorted().toList()) + "."));
    }

    /** The phone of the person in the path. */
    public Phone phone(ControlRequest request) {
        String openid = request.inPath("openid");
        return people(request)
                .find(openid)
                .orElseThrow(() -> ControlProblem.notFound(
                        "There is no person " + openid + "; PUT {\"nickname\": \"Alice\"} to the same path adds one."));
    }

    /** The name of the account in the path, whether there is one or not. */
    static String account(ControlRequest request) {
        return request.inPath("name");
    }
}
