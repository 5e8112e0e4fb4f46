package io.weir.menu.publish;

import io.vertx.core.Future;
import io.weir.config.AccountConfig;
import io.weir.menu.diff.MenuException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps backups in several places. One that fails is logged; when all fail, there is no backup and nothing may be changed. */
final class SafeBackups implements MenuBackups {
    private static final Logger LOG = LoggerFactory.getLogger(SafeBackups.class);

    private final List<MenuBackups> places;

    SafeBackups(List<MenuBackups> places) {
        this.places = List.copyOf(places);
    }

    @Override
    public Future<Void> keep(AccountConfig account, MenuBackup backup) {
        return inSome(place -> place.keep(account, backup).map(kept -> backup)).mapEmpty();
    }

    @Override
    public Future<List<MenuBackup>> all(AccountConfig account) {
        return inSome(place -> place.all(account))
                .map(lists -> List.copyOf(lists.stream()
                        .flatMap(List::stream)
                        .collect(Collectors.toMap(
                                MenuBackup::id,
                                Function.identity(),
                                (one, same) -> one,
                                () -> new TreeMap<>(Comparator.<String>reverseOrder())))
                        .values()));
    }

    private <T> Future<List<T>> inSome(Function<MenuBackups, Future<T>> work) {
        List<Future<T>> all = places.stream().map(work).toList();
        return Future.join(all).transform(joined -> {
            all.stream()
                    .filter(Future::failed)
                    .forEach(failed -> LOG.atWarn()
                            .addKeyValue("error", failed.cause().getMessage())
                            .log("a place for backups of menus is out of reach"));
            List<T> succeeded = all.stream()
                    .filter(Future::succeeded)
                    .map(Future::result)
                    .filter(Objects::nonNull)
                    .toList();
            return succeeded.isEmpty() ? none(all) : Future.succeededFuture(succeeded);
        });
    }

    private static <T> Future<List<T>> none(List<Future<T>> failed) {
        String reasons = failed.stream()
                .map(each -> String.valueOf(each.cause().getMessage()))
                .collect(Collectors.joining("; "));
        return Future.failedFuture(MenuException.of(
                MenuException.Kind.UNAVAILABLE,
                "there is no place for backups of menus, so nothing is changed: " + reasons));
    }
}
