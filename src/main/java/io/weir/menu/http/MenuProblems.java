package io.weir.menu.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.client.Json;
import io.weir.http.api.ApiProblem;
import io.weir.http.api.WeChatFailure;
import io.weir.menu.diff.AccountMenus;
import io.weir.menu.diff.MenuException;
import io.weir.menu.diff.PlanJson;
import io.weir.menu.file.MenuFinding;
import io.weir.menu.file.TagIds.UnknownTagException;
import io.weir.wechat.menu.LiveMenus.ConditionalMenu;
import io.weir.wechat.menu.MenuJson;
import java.util.List;

/** Tells callers of the admin API why menus were not changed. */
final class MenuProblems {
    private static final int MAX_TOLD = 500;

    private MenuProblems() {}

    /** A failure in the words of the API; what is none of menus stays as it is. */
    static Throwable of(Throwable failure) {
        if (failure instanceof UnknownTagException unknown) {
            return ApiProblem.badRequest(unknown.getMessage() + ".");
        }
        return failure instanceof MenuException expected ? of(expected) : failure;
    }

    private static ApiProblem of(MenuException failure) {
        String detail = String.valueOf(failure.getMessage());
        ObjectNode more = Json.object();
        failure.plan().ifPresent(plan -> more.set("plan", PlanJson.of(plan, List.of())));
        return switch (failure.kind()) {
            case STALE -> new ApiProblem(412, "The menus have changed", detail, more);
            case BUSY -> new ApiProblem(409, "The menus are being changed", detail, more);
            case UNAVAILABLE -> new ApiProblem(503, "Menus cannot be changed now", detail, more);
            case NO_BACKUP -> new ApiProblem(409, "There is nothing to roll back to", detail, more);
            case DIFFERENT -> new ApiProblem(502, "The menus are not as they were wanted", detail, more);
            case FAILED ->
                failure.failure()
                        .map(cause -> WeChatFailure.problem(cause, detail))
                        .orElseGet(() -> new ApiProblem(502, "The menus could not be changed", detail, more));
        };
    }

    /** What is wrong with menus that were sent, all at once. */
    static ApiProblem of(List<MenuFinding> findings, int status) {
        return of(findings, status, Json.object());
    }

    /** The same with more members. */
    static ApiProblem of(List<MenuFinding> findings, int status, ObjectNode more) {
        long errors = findings.stream().filter(MenuFinding::isError).count();
        more.set("violations", json(findings));
        return new ApiProblem(
                status,
                status == 400 ? "The menu cannot be read" : "The menu breaks rules",
                (errors == 1 ? "There is 1 error" : "There are " + errors + " errors")
                        + "; violations has each with its place"
                        + (findings.size() > MAX_TOLD ? ", the first " + MAX_TOLD : "")
                        + ". WeChat was not asked to change anything.",
                more);
    }

    /** Findings without the name of a file; the first ones where there are very many. */
    static ArrayNode json(List<MenuFinding> findings) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        findings.stream()
                .limit(MAX_TOLD)
                .forEach(finding -> list.add(finding.json().without("file")));
        return list;
    }

    /** That more would go than was said. */
    static ApiProblem cascade(AccountMenus live) {
        ObjectNode more = Json.object();
        ArrayNode taken = more.putArray("conditionalmenu");
        for (ConditionalMenu menu : live.api().conditional()) {
            ObjectNode one = taken.addObject();
            menu.menuid().ifPresent(id -> one.put("menuid", id));
            one.set("matchrule", MenuJson.write(menu.matchRule()));
        }
        String all = live.website().isPresent()
                ? "The menu was made on WeChat's website, and only the website can make it again."
                : "WeChat deletes the personalised menus together with the default one: there are "
                        + live.api().conditional().size() + ".";
        return new ApiProblem(
                409, "More would be deleted", all + " Nothing was deleted; ?cascade=true deletes all.", more);
    }

    /** That no personalised menu has this id. */
    static ApiProblem noSuchMenu(String menuid) {
        return ApiProblem.of(
                404,
                "There is no such menu",
                "No personalised menu has the menuid " + menuid + "; GET menu/conditional tells which there are.");
    }
}
