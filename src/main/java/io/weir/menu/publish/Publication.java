package io.weir.menu.publish;

import io.vertx.core.Future;
import io.weir.client.calls.MenuCalls;
import io.weir.menu.diff.MenuException;
import io.weir.menu.diff.MenuPlan;
import io.weir.menu.diff.PublishingSteps;
import io.weir.wechat.menu.LiveMenus;
import io.weir.wechat.menu.Menu;

/** Makes the calls of a plan, once. Where one fails, as much as can be is as it was before. */
final class Publication {
    private final MenuCalls calls;
    private final String account;
    private final MenuPlan plan;
    private final ChangeProgress progress;

    Publication(MenuCalls calls, String account, MenuPlan plan, ChangeProgress progress) {
        this.calls = calls;
        this.account = account;
        this.plan = plan;
        this.progress = progress;
    }

    /** Fails with a {@link MenuException} that says what was done and what is left. */
    Future<Void> run() {
        return plan.steps()
                .create()
                .map(menu -> create(menu).compose(created -> republishAfterCreate()))
                .orElseGet(() -> republish(plan.steps(), plan.live().api()));
    }

    private Future<Void> create(Menu menu) {
        return progress.write(() -> calls.create(account, menu))
                .onSuccess(created -> progress.tell("the default menu is replaced"))
                .recover(failure -> progress.failed("menu/create", failure, menu));
    }

    /** Whether personalised menus survive another default menu WeChat does not document (menu-api.md §5): so it looks. */
    private Future<Void> republishAfterCreate() {
        LiveMenus before = plan.live().api();
        return before.conditional().isEmpty()
                ? republish(plan.steps(), before)
                : calls.get(account)
                        .recover(failure -> progress.failed("menu/get", failure))
                        .compose(now -> republish(PublishingSteps.between(now, plan.wanted()), now));
    }

    private Future<Void> republish(PublishingSteps steps, LiveMenus before) {
        return new ConditionalPublisher(calls, account, steps, before, progress).run();
    }
}
