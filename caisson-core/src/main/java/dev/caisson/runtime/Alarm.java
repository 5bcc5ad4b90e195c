package dev.caisson.runtime;

/// Something that calls [Conductor#timeReached] when a pool's next deadline has come.
public interface Alarm {

    /// Moves the alarm. Called under the pool's lock after everything the engine did: quick, and never blocks.
    ///
    /// @param deadlineNanos on the pool's clock; `Long.MAX_VALUE` for none
    void setTo(long deadlineNanos);
}
