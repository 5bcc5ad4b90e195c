package dev.caisson.cli;

import java.util.Locale;

/// How an input ended, as the results say it.
enum Status {
    /// The method returned.
    OK,
    /// The method threw, or its value or argument can't be had.
    FAILED,
    /// A limit ended it.
    TIMEOUT,
    /// Its worker died while it ran.
    CRASHED,
    /// Its worker died for lack of memory while it ran.
    OUT_OF_MEMORY,
    /// It never began, because the pool broke.
    REJECTED,
    /// It was cancelled.
    CANCELLED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
