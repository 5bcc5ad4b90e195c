package dev.caisson;

import java.io.Serializable;
import java.util.Objects;

/// What a running task last said of its progress.
///
/// @param fraction how much is done, from 0 to 1
/// @param note what it is at, in its own words; may be empty
/// @see TaskContext#progress(double, String)
public record TaskProgress(double fraction, String note) implements Serializable {

    /// Refuses null, and a fraction that is none.
    public TaskProgress {
        Objects.requireNonNull(note, "note");
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("A fraction lies between 0 and 1, but was " + fraction);
        }
    }
}
