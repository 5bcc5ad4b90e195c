package dev.caisson.worker;

import dev.caisson.TaskCodec;
import dev.caisson.codec.JdkCodec;
import dev.caisson.codec.TaskEncoding;
import dev.caisson.protocol.AssignmentHead;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.ExitMark;
import dev.caisson.protocol.FaultPoint;
import dev.caisson.protocol.FrameKind;
import dev.caisson.protocol.WorkerSettings;
import dev.caisson.transport.MessageInput;
import dev.caisson.transport.ParentLink;
import java.io.IOException;
import java.util.Objects;

/// What the task thread does from its first message to its last: greet, initialize, run, leave.
final class TaskLoop {

    private final ParentLink link;
    private final MessageInput input;
    private final HeapExhaustion exhaustion;
    private final ClassRequests classes;

    TaskLoop(ParentLink link, HeapExhaustion exhaustion) {
        this.link = link;
        this.input = link.input();
        this.exhaustion = exhaustion;
        this.classes = new ClassRequests(link.control());
    }

    /// Runs until this worker is to leave.
    ///
    /// @return the exit code
    /// @throws IOException if the parent is gone
    int run() throws IOException {
        var settings = awaitSettings();
        var name = "caisson-worker-".concat(Integer.toString(settings.slot()));
        Thread.currentThread().setName(name);
        var gate = new InterruptGate(Thread.currentThread());
        var control =
                new ControlLoop(link, gate, exhaustion, classes, settings.killGraceNanos(), settings.endsOnSignal());
        startThread(control);
        var printing = TaggedOutput.install();
        Runtime.getRuntime().addShutdownHook(new ExitHook(link.board(), control));
        var codec = codecOf(settings);
        var results = new ResultWriter(link.outbox(), codec, settings.maxResultBytes());
        var identity = new OwnIdentity(settings);
        var setting = new RunSetting(name, gate, printing, control, exhaustion, link.outbox(), identity);
        if (!initialize(settings, identity, results)) {
            link.board().mark(ExitMark.START_FAILED);
            link.outbox().flushAll();
            return HookRun.FAILED_EXIT_CODE;
        }
        setting.leave();
        results.publishReady();
        setting.sendNow();
        control.startServing();
        serve(control, codec, results, setting, name);
        FaultPoint.LEAVING.reached();
        boolean tidy = finish(settings, identity, name);
        link.board().mark(tidy ? ExitMark.STOPPED : ExitMark.FINALIZER_FAILED);
        link.outbox().flushAll();
        return tidy ? 0 : HookRun.FAILED_EXIT_CODE;
    }

    private void serve(ControlLoop control, TaskCodec codec, ResultWriter results, RunSetting setting, String idleName)
            throws IOException {
        var function = new KeptFunction();
        while (!control.leaving()) {
            if (input.nextMessage(FrameKind.ASSIGN)) {
                var head = AssignmentHead.decode(input.nextHead());
                setting.nameThread(head);
                new AssignmentRun(head, input, codec, results, link.board(), loader(head.classes()), function, setting)
                        .run();
                if (input.hasNextMessage()) {
                    setting.sendWhenWorthIt(System.nanoTime());
                } else {
                    setting.sendNow();
                }
            } else {
                Thread.currentThread().setName(idleName);
                FaultPoint.IDLE.reached();
                input.await();
            }
        }
    }

    private WorkerSettings awaitSettings() throws IOException {
        while (!input.nextMessage(FrameKind.WELCOME)) {
            input.await();
        }
        return WorkerSettings.decode(input.nextHead(), input.nextEncoded(), input.nextEncoded(), input.nextEncoded());
    }

    private static void startThread(ControlLoop control) {
        var thread = new Thread(control, "caisson-control");
        thread.setDaemon(true);
        thread.start();
    }

    private TaskCodec codecOf(WorkerSettings settings) {
        return settings.codec().size() == 0 ? new JdkCodec() : (TaskCodec) decode(settings.codec());
    }

    private boolean initialize(WorkerSettings settings, OwnIdentity identity, ResultWriter results) throws IOException {
        if (!settings.initializer().isPresent()) {
            return true;
        }
        var failure = new HookRun(link.board(), exhaustion, ExitMark.INITIALIZER_LATE, "initializer")
                .perform(settings.initializer(), identity, bytes -> {
                    FaultPoint.INITIALIZING.reached();
                    return decode(bytes);
                });
        if (failure != null) {
            results.encodeFailure(failure);
            results.publishStartFailure();
        }
        return failure == null;
    }

    /// Whether all went well.
    private boolean finish(WorkerSettings settings, OwnIdentity identity, String name) {
        if (!settings.finalizer().isPresent()) {
            return true;
        }
        Thread.currentThread().setName(name);
        return new HookRun(link.board(), exhaustion, ExitMark.FINALIZER_LATE, "finalizer")
                        .perform(settings.finalizer(), identity, this::decode)
                == null;
    }

    private Object decode(Encoded bytes) {
        return Objects.requireNonNull(TaskEncoding.decode(bytes, new JdkCodec(), loader(bytes.classes())));
    }

    private ClassLoader loader(long number) {
        return number == 0 ? ClassLoader.getSystemClassLoader() : classes.loader(number);
    }
}
