package dev.caisson.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InheritedOptionsTest {

    @Test
    void leavesOutPortsThatOneProcessOnlyCanHave() {
        assertThat(cleaned("-Xmx1g -agentlib:jdwp=transport=dt_socket,server=y,address=5005 -Da=b"))
                .isEqualTo("-Xmx1g  -Da=b");
        assertThat(cleaned("-Dcom.sun.management.jmxremote.port=9010 -Dcom.sun.management.jmxremote.ssl=false"))
                .isEqualTo("-Dcom.sun.management.jmxremote.ssl=false");
        assertThat(cleaned("-Dx=-agentlib:jdwp")).isEqualTo("-Dx=-agentlib:jdwp");
    }

    @Test
    void leavesOutAVariableThatIsEmptyThen() {
        var environment = new HashMap<>(Map.of("JDK_JAVA_OPTIONS", "-Xrunjdwp:transport=dt_socket,address=5005"));

        InheritedOptions.clean(environment);

        assertThat(environment).isEmpty();
    }

    private static String cleaned(String options) {
        var environment = new HashMap<>(Map.of("JAVA_TOOL_OPTIONS", options));
        InheritedOptions.clean(environment);
        return environment.getOrDefault("JAVA_TOOL_OPTIONS", "");
    }
}
