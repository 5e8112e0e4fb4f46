package io.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RedisFaultTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    OOM command not allowed when used memory > 'maxmemory'.                       | OUT_OF_MEMORY
                    READONLY You can't write against a read only replica.                         | READ_ONLY
                    LOADING Redis is loading the dataset in memory                                | LOADING
                    NOAUTH Authentication required.                                               | NOT_ALLOWED
                    WRONGPASS invalid username-password pair or user is disabled.                 | NOT_ALLOWED
                    NOPERM User weir has no permissions to run the 'evalsha' command              | NOT_ALLOWED
                    NOSCRIPT No matching script. Please use EVAL.                                 | NO_SCRIPT
                    WRONGTYPE Operation against a key holding the wrong kind of value             | WRONG_TYPE
                    MOVED 3999 10.0.0.7:6379                                                      | CLUSTER
                    CROSSSLOT Keys in request don't hash to the same slot                         | OTHER
                    CLUSTERDOWN Hash slot not served                                              | CLUSTER
                    ERR Error running script (call to f_12): @user_script:1: -READONLY You can't  | READ_ONLY
                    ERR Error running script (call to f_12): @user_script:3: -OOM command         | OUT_OF_MEMORY
                    ERR [1] WRONGTYPE Operation against a key holding the wrong kind of value     | WRONG_TYPE
                    ERR unknown command 'FOO', with args beginning with: 'OOM' 'READONLY'         | OTHER
                    MISCONF Redis is configured to save RDB snapshots                             | OTHER
                    """)
    void tellsFaultsApart(String answer, RedisFault fault) {
        assertThat(RedisFault.ofAnswer(answer)).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource({"ERR unknown command 'hush', ERR", "MISCONF hush, MISCONF", "hush, ERR"})
    void namesAnAnswerWithoutQuotingIt(String answer, String code) {
        assertThat(RedisFault.codeOf(answer)).isEqualTo(code);
    }

    @ParameterizedTest
    @EnumSource
    void hasAHint(RedisFault fault) {
        assertThat(fault.hint()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "UNREACHABLE, true",
        "TIMEOUT, false",
        "CROWDED, false",
        "OUT_OF_MEMORY, true",
        "READ_ONLY, true",
        "LOADING, true",
        "NOT_ALLOWED, true",
        "CLUSTER, true",
        "CERTIFICATE, true",
        "NO_SCRIPT, false",
        "WRONG_TYPE, false",
        "OTHER_VERSION, false",
        "OTHER, false"
    })
    void meansThatRedisIsAwayWhereItConcernsEveryCommand(RedisFault fault, boolean away) {
        assertThat(fault.meansAway()).isEqualTo(away);
    }
}
