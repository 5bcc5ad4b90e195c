package dev.caisson.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Fails a test that leaves something behind: a process, a thread or a folder of a pool, an exception that nobody
/// caught, or a pool whose books don't balance. Registered for every test of the module.
///
/// What a test's own [Pools] need is ended first; what its class's need is no leftover. Each leftover is told once, to
/// the test that caused it: processes are killed then.
public final class NothingLeft implements BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {

    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(NothingLeft.class);
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private static final Leftovers LEFTOVERS = new Leftovers();

    @Override
    public void beforeEach(ExtensionContext context) {
        LEFTOVERS.watchThreads();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        check(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        check(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Pools.class;
    }

    @Override
    public Pools resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(HERE).computeIfAbsent(context.getUniqueId(), key -> new Pools(), Pools.class);
    }

    private static void check(ExtensionContext context) {
        var wrong = new ArrayList<String>();
        var ended = context.getStore(HERE).remove(context.getUniqueId(), Pools.class);
        if (ended != null) {
            wrong.addAll(ended.end());
        }
        var open = openAround(context);
        addLeft(wrong, "processes", () -> LEFTOVERS.processes(open));
        addLeft(wrong, "threads", () -> LEFTOVERS.threads(open));
        addLeft(wrong, "folders", () -> LEFTOVERS.folders(open));
        wrong.addAll(LEFTOVERS.uncaught());
        if (!wrong.isEmpty()) {
            LEFTOVERS.told(open);
            throw new AssertionError(
                    "Left behind by " + context.getDisplayName() + ":\n  " + String.join("\n  ", wrong));
        }
    }

    /// The pools of the enclosing classes, which are still in use.
    private static List<Pools> openAround(ExtensionContext context) {
        var open = new ArrayList<Pools>();
        for (Optional<ExtensionContext> at = context.getParent();
                at.isPresent();
                at = at.get().getParent()) {
            @Nullable Pools pools = at.get().getStore(HERE).get(at.get().getUniqueId(), Pools.class);
            if (pools != null) {
                open.add(pools);
            }
        }
        return open;
    }

    private static void addLeft(List<String> wrong, String what, Supplier<List<String>> left) {
        if (!Await.holdsWithin(LIMIT, () -> left.get().isEmpty())) {
            wrong.add(left.get().stream().collect(Collectors.joining("\n    ", what + ":\n    ", "")));
        }
    }
}
