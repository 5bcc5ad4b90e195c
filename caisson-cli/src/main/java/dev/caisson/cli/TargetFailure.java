package dev.caisson.cli;

import java.io.Serial;

/// Carries what the user's method threw to the parent, which doesn't have the classes of the user's exceptions.
final class TargetFailure extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    TargetFailure(Fault fault) {
        super(fault.type() + ": " + fault.message(), null, false, false);
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }
}
