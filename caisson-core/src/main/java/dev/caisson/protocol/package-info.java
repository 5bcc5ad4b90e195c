/// What a pool and its workers say to each other, as values and byte layouts; no threads, sockets or files.
///
/// Start at [dev.caisson.protocol.Assignment], which is all a worker is told about a task, and
/// [dev.caisson.protocol.FrameKind], the list of what can be said.
///
/// ```text
///  parent                       tasks connection                       worker
///  WorkerSettings ──▶ PayloadFrames ── WELCOME, PART… ──▶ FrameDecoder
///  Assignment     ──▶ PayloadFrames ── ASSIGN,  PART… ──▶ FrameDecoder ──▶ runs it
///                     FrameDecoder  ◀── READY, BEGAN, PART…, RESULT ──  outbox
///
///                     the board: shared memory
///  ClaimWord.takeBack, truncate, condemn ──▶ word ◀── ClaimWord.begin, end
/// ```
///
/// Everything that arrives is taken for hostile: lengths are checked before anything is read or allocated by them, and
/// a [dev.caisson.protocol.ProtocolViolationException] ends the one worker it came from.
@NullMarked
package dev.caisson.protocol;

import org.jspecify.annotations.NullMarked;
