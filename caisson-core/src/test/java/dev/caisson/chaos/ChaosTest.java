package dev.caisson.chaos;

import dev.caisson.Action;
import dev.caisson.ProcessPool;
import dev.caisson.WorkerOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Chaos for some seconds, in the full profile for minutes, in the soak profile for an hour. `-Dcaisson.seconds=N` says
/// how long, `-Dcaisson.seed=N` draws another one, or the same again.
class ChaosTest {

    private static final long SEED = 17;
    private static final int SAMPLES = 40;
    private static final long HEAP_SLACK_BYTES = 24L << 20;

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    @Tag("Q51")
    @Tag("Q53")
    @Tag("A19")
    @Tag("L08")
    void keepsItsPromisesInChaosAndHoldsNoMoreThanBefore() throws Exception {
        long seed = Long.getLong("caisson.seed", SEED);
        long seconds = Long.getLong("caisson.seconds", byProfile(6, 120, 3600));
        System.out.println("Chaos for " + seconds + " s with -Dcaisson.seed=" + seed);
        var began = System.nanoTime();
        var series = new ArrayList<Footprint>();
        try (var chaos = new Chaos(seed)) {
            for (long ran = 0;
                    ran < seconds * 1000;
                    ran = Duration.ofNanos(System.nanoTime() - began).toMillis()) {
                chaos.step();
                if (ran * SAMPLES > series.size() * seconds * 1000) {
                    series.add(Footprint.take());
                }
            }
            chaos.finish();
        } catch (Exception | AssertionError failure) {
            throw new AssertionError("Chaos with -Dcaisson.seed=" + seed, failure);
        }
        if (seconds >= 60) {
            Footprint.checkFlat(series, HEAP_SLACK_BYTES, 40);
        }
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    @Tag("Q50")
    @Tag("J10")
    @Tag("O07")
    void holdsNothingOfPoolsThatWereClosed() throws Exception {
        long pools = Long.getLong("caisson.pools", byProfile(8, 200, 1000));
        var series = new ArrayList<Footprint>();
        for (int pool = 0; pool < pools; pool++) {
            openAndClose(pool);
            series.add(Footprint.take());
        }
        Footprint.checkFlat(series, HEAP_SLACK_BYTES, 4);
    }

    /// Ends in another way each time: idle, with work to do, with a worker that died, before the first was ready.
    private static void openAndClose(int round) throws Exception {
        var pool = ProcessPool.builder()
                .workers(1)
                .maxHeap("32m")
                .output(WorkerOutput.discard())
                .build();
        switch (round % 4) {
            case 0 -> pool.call(Work.square(2));
            case 1 -> pool.execute(Work.NOTHING);
            case 2 -> pool.execute((Action) () -> Runtime.getRuntime().halt(1));
            default -> pool.terminate();
        }
        pool.close();
    }

    private static long byProfile(long normal, long full, long soak) {
        return switch (System.getProperty("caisson.profile", "normal")) {
            case "full" -> full;
            case "soak" -> soak;
            default -> normal;
        };
    }
}
