package dev.caisson;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A batch at work: its results can be taken once, in one of several forms.
///
/// The input is read lazily, never further than the look-ahead beyond what was taken; which form is taken decides what
/// a failed item does. Taking a second form throws [IllegalStateException]. Closing any of the streams closes the run.
/// Streams are for one thread; [#progress()], [#cancel()] and [#close()] may be called from any.
///
/// **Who reads the input.** An input that is a [java.util.Collection] is read by the thread that takes the results. Any
/// other may block, and results that are ready must not wait for it: it is read on the pool's callback executor; only
/// if that has no thread for it, by the thread that takes the results. It is read by one thread at a time, not always
/// the same, and each sees what the one before it did. When the run is cancelled or closed, or its pool ends, whoever
/// waits for results goes on at once, and a thread that still reads is interrupted. What the input throws is thrown to
/// the taker when all that was read before has been taken.
///
/// A stream that is dropped half-read without being closed reads no more; what was submitted runs to its end.
///
/// | form | order | a failed item |
/// |---|---|---|
/// | [#toList()], [#future()] | of the input | fails the whole, after all have ended |
/// | [#stream()] | of the input | throws when reached |
/// | [#unordered()] | of completion | throws when reached |
/// | [#outcomes()], [#items()] | of the input | is an [Outcome.Failure] |
/// | [#unorderedItems()] | of completion | is an [Outcome.Failure] |
///
/// @param <A> type of an item
/// @param <R> type of a result
public interface BatchRun<A extends @Nullable Object, R extends @Nullable Object> extends AutoCloseable {

    /// Waits for all items.
    ///
    /// @return the results in the order of the input; may hold nulls
    /// @throws ExecutionException with the error of the first failed item, in the order of the input, as its cause
    /// @throws InterruptedException if the caller is interrupted; what still runs is then cancelled
    /// @throws CancellationException if the run was cancelled or closed, or the pool was ended
    List<R> toList() throws ExecutionException, InterruptedException;

    /// The results in the order of the input, each waited for when it is reached.
    ///
    /// @return a lazy stream that throws [CompletionException], with the item's error as its cause, at a failed item,
    /// and
    ///     [CancellationException] at its end if it is not the input's
    Stream<R> stream();

    /// The results in the order in which they become ready.
    ///
    /// @return a lazy stream that throws [CompletionException], with the item's error as its cause, at a failed item,
    /// and
    ///     [CancellationException] at its end if it is not the input's
    Stream<R> unordered();

    /// The outcomes in the order of the input; never throws for an item.
    ///
    /// @return a lazy stream
    Stream<Outcome<R>> outcomes();

    /// The account of each item, in the order of the input; never throws for an item.
    ///
    /// @return a lazy stream
    Stream<ItemOutcome<A, R>> items();

    /// The account of each item, in the order in which they end; never throws for an item.
    ///
    /// @return a lazy stream
    Stream<ItemOutcome<A, R>> unorderedItems();

    /// A future of all results, in the order of the input, for callers that don't want to wait.
    ///
    /// The input, of any kind, is then read on the pool's callback executor. Cancelling the future cancels the run; a
    /// wait with a limit, [java.util.concurrent.Future#get(long, java.util.concurrent.TimeUnit)], ends nothing.
    ///
    /// @return the future, the same at each call; it fails as [#toList()] does
    TaskFuture<List<R>> future();

    /// How far the run is. Doesn't block.
    ///
    /// @return a consistent value of this moment
    BatchProgress progress();

    /// Ends what still runs or waits; those items end with a [CancellationException]. Doesn't block; may be repeated.
    void cancel();

    /// Ends what still runs or waits, as [#cancel()] does; has no effect when all items have ended.
    @Override
    void close();
}
