package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.TaskFuture;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WindowTest {

    @Test
    void hasRoomForSoManyInputsOrSoManyCharacters() throws InterruptedException {
        var window = new Window(2, 10, false);
        window.started(running("a"));
        assertThat(window.awaitRoom()).isTrue();
        var large = flight("0123456789");
        window.started(large);
        var reader = new CountDownLatch(1);
        var waiting = Thread.ofVirtual().start(() -> {
            try {
                window.awaitRoom();
                reader.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(reader.getCount()).isEqualTo(1);

        window.ended(large);
        assertThat(window.next()).isEqualTo(large);

        reader.await();
        waiting.join();
    }

    @Test
    void givesWhatHasEndedThoughTheInputGoesOn() throws InterruptedException {
        var window = new Window(8, 100, false);
        var second = flight("second");
        window.started(running("first"));
        window.started(second);

        window.ended(second);

        assertThat(window.next()).isEqualTo(second);
    }

    @Test
    void givesInTheirOrderWhatOneWorkerRanThoughTheirEndsAreToldInAnother() throws InterruptedException {
        var window = new Window(8, 100, false);
        var first = flight("first");
        var second = flight("second");
        window.started(first);
        window.started(second);

        window.ended(second);

        assertThat(window.next()).isEqualTo(first);
        window.ended(first);
        assertThat(window.next()).isEqualTo(second);
    }

    @Test
    void endsWhenTheInputHasEndedAndAllIsTold() throws InterruptedException {
        var window = new Window(8, 100, true);
        var only = flight("only");
        window.started(only);
        window.endInput();

        assertThat(window.awaitRoom()).isFalse();
        assertThat(window.next()).isEqualTo(only);
        assertThat(window.next()).isNull();
    }

    @SuppressWarnings("unchecked")
    private static Flight running(String input) {
        var future = (TaskFuture<@Nullable Object>) Proxy.newProxyInstance(
                TaskFuture.class.getClassLoader(),
                new Class<?>[] {TaskFuture.class},
                (proxy, method, _) ->
                        method.getName().equals("isDone") ? (Object) false : System.identityHashCode(proxy));
        return new Flight(input, future, null);
    }

    private static Flight flight(String input) {
        return new Flight(input, null, new RejectedExecutionException(input));
    }
}
