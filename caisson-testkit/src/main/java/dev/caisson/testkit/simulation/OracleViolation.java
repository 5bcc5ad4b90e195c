package dev.caisson.testkit.simulation;

/// Something does not hold that must.
public final class OracleViolation extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final String oracle;

    OracleViolation(String oracle, String what) {
        super(oracle + ": " + what);
        this.oracle = oracle;
    }

    OracleViolation(String oracle, String what, Throwable cause) {
        super(oracle + ": " + what, cause);
        this.oracle = oracle;
    }

    /// The rule that was broken, as one or two words.
    public String oracle() {
        return oracle;
    }
}
