package io.weir.dispatch.durable;

import io.weir.redis.RedisLink;
import io.weir.redis.SharedRedis;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisWorkIT extends RedisWorkContract {
    @RegisterExtension
    static final SharedRedis REDIS = new SharedRedis();

    @Override
    RedisLink link() {
        return REDIS.link();
    }
}
