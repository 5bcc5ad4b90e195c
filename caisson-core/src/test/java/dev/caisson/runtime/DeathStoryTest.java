package dev.caisson.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.WorkerDeath;
import dev.caisson.fleet.Departure;
import dev.caisson.protocol.ExitMark;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeathStoryTest {

    @Test
    void tellsThatAPrefixChangedTheUser() {
        var cause = story("This worker can't open its board: /dev/shm/caisson-1/x.board (Permission denied). It runs as"
                        + " user nobody-here. Either its pool has ended")
                .cause("The initializer");

        assertThat(cause)
                .contains("launchPrefix changed the user from " + System.getProperty("user.name") + " to nobody-here")
                .contains("0700");
    }

    @Test
    void knowsItByTheClassPathToo() {
        assertThat(story("Error: could not open `/dev/shm/caisson-1-ab/arguments-12.txt'")
                        .cause("The initializer"))
                .contains("launchPrefix changed the user", "to another one");
    }

    @Test
    void saysNothingOfUsersWhereItIsTheSame() {
        var user = System.getProperty("user.name");

        assertThat(story("This worker can't open its board: x. It runs as user " + user + ". Either")
                        .cause("The initializer"))
                .doesNotContain("changed the user");
    }

    private static DeathStory story(String lastLine) {
        var death = new WorkerDeath(
                4711, 0, 2, Optional.empty(), Duration.ofSeconds(1), 0, List.of(lastLine), Optional.empty());
        return new DeathStory(
                Departure.simple(death, ExitMark.NONE, null, List.of("sudo", "java")), Duration.ofSeconds(1));
    }
}
