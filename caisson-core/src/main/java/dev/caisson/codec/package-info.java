/// Objects to bytes and back: tasks on their way to a worker, results and errors on their way home.
///
/// Entry points: [dev.caisson.codec.TaskEncoding] for what goes to a worker, [dev.caisson.codec.ResultEncoding] and
/// [dev.caisson.codec.Failures] for what comes back. The bytes of a value are the [dev.caisson.TaskCodec]'s business,
/// by default that of [dev.caisson.codec.JdkCodec].
///
/// ```text
///  parent                                              worker
///  TaskEncoding.encode ── task, function, items ─────▶ TaskEncoding.decode
///       │ refused: UnserializablePath finds the way          │
///       ▼ to the field at fault                              ▼
///  TaskSerializationException                          the task runs
///                                                            │
///  ResultEncoding.decode ◀──── result ──────────────── ResultEncoding.write
///  under ResultLimits
///  Failures.read ◀──────────── description, throwable ─ Failures.write
///  never throws                                         never fails
/// ```
///
/// Classes that a worker lacks: [dev.caisson.codec.ForeignClasses] notes their loaders while a task is written,
/// [dev.caisson.codec.ClassShipment] finds their bytes when the worker asks, [dev.caisson.codec.OriginLoader] finds
/// them again for the result.
///
/// A worker's bytes are not trusted: what is created from them is bounded by how many of them there are.
@NullMarked
package dev.caisson.codec;

import org.jspecify.annotations.NullMarked;
