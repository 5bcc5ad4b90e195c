package dev.caisson.memory;

import java.util.concurrent.SynchronousQueue;

/// Loads beforehand what is needed when there is no memory: a class that is first needed then can't be loaded, and one
/// whose initializer fails then never works again.
public final class Rehearsal {

    private Rehearsal() {}

    /// Does nothing that lasts. Cheap from the second time on.
    public static void run() {
        Insistent.run(() -> {});
        Headroom.requireLittle();
        var _ = Remark.rehearse();
        new Pause().reset();
        var _ = new SynchronousQueue<Object>().poll(); // the JDK's own threads that await exits wait there
    }
}
