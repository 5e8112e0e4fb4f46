package io.weir.admin;

import static io.weir.http.api.Access.OPERATOR;
import static io.weir.http.api.ApiRoute.get;
import static io.weir.http.api.ApiRoute.order;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.weir.cli.LogConfiguration;
import io.weir.client.Json;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiFields;
import io.weir.http.api.ApiProblem;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.ApiRoute;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What is logged, seen and changed while the process runs; {@code openapi.json} describes each line. */
final class LogRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(LogRoutes.class);
    private static final String PATH = "/api/v1/log-levels";
    private static final Pattern NAME = Pattern.compile("ROOT|io(\\.[A-Za-z0-9_$-]{1,50}){1,10}");
    private static final Map<String, Consumer<String>> LEVELS = new LinkedHashMap<>();

    static {
        LEVELS.put("OFF", LogConfiguration::silence);
        for (Level level : Level.values()) {
            LEVELS.put(level.name(), logger -> LogConfiguration.setLevel(logger, level));
        }
    }

    private LogRoutes() {}

    static List<ApiRoute> all() {
        return List.of(
                get(PATH, OPERATOR, request -> Future.succeededFuture(levels())),
                order(HttpMethod.PUT, PATH, OPERATOR, LogRoutes::change));
    }

    private static ApiAnswer levels() {
        ObjectNode levels = Json.object();
        LogConfiguration.levels().forEach(levels::put);
        ObjectNode answer = Json.object();
        answer.set("levels", levels);
        return ApiAnswer.json(answer);
    }

    private static Future<ApiAnswer> change(ApiRequest request) {
        ApiFields fields = request.fields("logger", "level");
        String logger = fields.requiredText("logger");
        if (!NAME.matcher(logger).matches()) {
            throw ApiProblem.badRequest(
                    "\"logger\" has to be ROOT or a name that begins with \"io.\", as in io.weir.redis.");
        }
        fields.requiredText("level");
        Consumer<String> level = fields.oneOf("level", LEVELS, name -> {});
        String before =
                Optional.ofNullable(LogConfiguration.levels().get(logger)).orElse("inherited");
        level.accept(logger);
        LOG.atWarn()
                .addKeyValue("of", logger)
                .addKeyValue("from", before)
                .addKeyValue("to", LogConfiguration.levels().getOrDefault(logger, "inherited"))
                .log("log level changed");
        return Future.succeededFuture(levels());
    }
}
