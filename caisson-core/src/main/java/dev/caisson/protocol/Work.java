package dev.caisson.protocol;

import java.util.List;

/// What a worker is to run, encoded. The caller's thread has encoded it; only the worker decodes it.
public sealed interface Work {

    /// The number of items there are; an [Assignment] may send fewer.
    int count();

    /// The number of the class loader that the worker reads it with; 0 for its own.
    long classes();

    /// One call. It is item 0.
    ///
    /// @param callable a `Callable` or an `Action`
    record Call(Encoded callable) implements Work {

        @Override
        public int count() {
            return 1;
        }

        @Override
        public long classes() {
            return callable.classes();
        }
    }

    /// A function and the items to apply it to. Each item has bytes of its own, so that one that can't be read fails
    /// alone.
    ///
    /// @param function a `TaskFunction`
    /// @param items one argument each; not copied, must not be changed
    record Chunk(Encoded function, List<Encoded> items) implements Work {

        // Not List.copyOf: a chunk that is split or retried shares its list with the whole.
        @Override
        public int count() {
            return items.size();
        }

        /// The function's, or else that of the first item that has one: the others are named in the items themselves.
        @Override
        public long classes() {
            if (function.classes() != 0) {
                return function.classes();
            }
            for (var item : items) {
                if (item.classes() != 0) {
                    return item.classes();
                }
            }
            return 0;
        }
    }
}
