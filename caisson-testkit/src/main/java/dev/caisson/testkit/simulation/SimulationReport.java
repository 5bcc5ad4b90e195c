package dev.caisson.testkit.simulation;

import java.util.List;
import java.util.Optional;

/// How one seed went.
///
/// @param seed what everything was drawn from
/// @param violation what did not hold, if anything
/// @param steps how many events and effects there were
/// @param traceHash tells two traces apart
/// @param trace the last lines of the trace, if the seed failed
public record SimulationReport(
        long seed, Optional<OracleViolation> violation, long steps, long traceHash, List<String> trace) {

    public SimulationReport {
        trace = List.copyOf(trace);
    }

    public boolean failed() {
        return violation.isPresent();
    }

    /// What to print of a failure: the rule, the way to replay it, and what came before.
    public String story() {
        return "Seed %d: %s%nReplay: ./mvnw -pl caisson-testkit -am test -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dcaisson.seed=%d%n%s"
                .formatted(
                        seed,
                        violation.map(Throwable::getMessage).orElse("all holds"),
                        seed,
                        String.join(System.lineSeparator(), trace));
    }
}
