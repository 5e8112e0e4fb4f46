package io.weir.wechat.menu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ButtonTest {
    @Test
    void everyRecordOfTheApiHasItsTypeAndEveryTypeItsRecord() {
        assertThat(records(Button.class)
                        .filter(record -> record != Button.SubMenu.class && record != Button.Other.class))
                .containsExactlyInAnyOrderElementsOf(
                        ButtonType.ALL.values().stream().map(ButtonType::kind).toList());
    }

    @Test
    void aSubMenuHasNoType() {
        assertThat(new Button.SubMenu("更多", List.of()).type()).isEmpty();
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Stream.of(type.getPermittedSubclasses()).flatMap(ButtonTest::records);
    }
}
