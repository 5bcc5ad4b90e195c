package dev.caisson.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What becomes of a visit, and of what it was to do, when there is no memory.
class VisitsTest {

    private final List<String> done = new ArrayList<>();
    private final ShortHouse house = new ShortHouse();
    private final Visits visits = new Visits(house);

    @Test
    @Tag("Q25")
    void doesLaterWhatFoundNoMemory() {
        visits.tell(() -> {
            visits.after(scarce("settle", 2));
            visits.after(scarce("kill", 0));
        });
        assertThat(done).containsExactly("kill");
        assertThat(house.calls).isPositive();

        visits.tell(() -> {});
        visits.tell(() -> {});

        assertThat(done).containsExactly("kill", "settle");
    }

    @Test
    @Tag("Q25")
    void doesTheLastThingWhenNothingElseIsLeft() {
        visits.tell(() -> {
            visits.last(scarce("end", 1));
            visits.after(scarce("settle", 1));
        });
        visits.tell(() -> {});
        assertThat(done).containsExactly("settle");

        visits.tell(() -> {});
        visits.tell(() -> {});

        assertThat(done).containsExactly("settle", "end");
    }

    @Test
    @Tag("Q25")
    void collapsesUntilItIsThrough() {
        house.shortFor = 3;
        assertThatThrownBy(() -> visits.tell(() -> {
                    throw new OutOfMemoryError("planted");
                }))
                .hasMessage("planted");
        assertThat(done).isEmpty();

        visits.tell(() -> done.add("told a ruined engine"));
        visits.tell(() -> {});

        assertThat(done).containsExactly("collapsed by planted");
    }

    @Test
    @Tag("Q25")
    void leavesTheLockWhenLeavingFails() throws InterruptedException {
        house.leavingFails = true;
        visits.tell(() -> {});

        var other = Thread.ofPlatform().start(() -> visits.tell(() -> done.add("visited")));
        other.join(20_000);

        assertThat(done).containsExactly("visited");
    }

    private Runnable scarce(String name, int times) {
        var left = new int[] {times};
        return () -> {
            if (left[0]-- > 0) {
                throw new OutOfMemoryError("planted");
            }
            done.add(name);
        };
    }

    private final class ShortHouse implements Visits.House {

        private int shortFor;
        private int calls;
        private boolean leavingFails;

        @Override
        public void leaving() {
            if (leavingFails) {
                leavingFails = false;
                throw new OutOfMemoryError("planted");
            }
        }

        @Override
        public void comeAgain() {
            calls++;
        }

        @Override
        public void collapse(Throwable failure) {
            if (shortFor-- > 0) {
                throw new OutOfMemoryError("planted again");
            }
            visits.after(() -> done.add("collapsed by " + failure.getMessage()));
        }
    }
}
