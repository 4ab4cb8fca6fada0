import ActorProcessing

@testable import ActorProcessingFiles

/// Reads any bytes as lines, in pieces of any size, and every event that comes of them.
///
/// The first byte is the size of the pieces.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzNDJSON(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let bytes = unsafe bytes, count > 1 else { return 0 }
    var rest = unsafe UnsafeRawBufferPointer(start: bytes + 1, count: count - 1)
    let pieceSize = unsafe Int(bytes.pointee) + 1
    var buffer = LineBuffer(offset: 0, padding: JSONReader.padding, capacity: 16)
    var configuration = NDJSONConfiguration()
    configuration.latenessBound = .seconds(1)
    var decoder = NDJSONDecoder(configuration)
    var builder = EventBatch.Builder()
    var lines = 0
    while unsafe !rest.isEmpty {
        let room = unsafe buffer.room()
        let size = min(pieceSize, room.count, rest.count)
        unsafe room.copyMemory(from: UnsafeRawBufferPointer(rebasing: rest.prefix(size)))
        buffer.filled(size)
        unsafe rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(size))
        while let line = unsafe buffer.takeLine() {
            unsafe decode(line, at: buffer.lineOffset, &decoder, &builder)
            lines += 1
        }
    }
    unsafe decode(buffer.takeRest(), at: buffer.lineOffset, &decoder, &builder)
    precondition(builder.count == lines + 1, "every line is an event, or is rejected")
    check(builder.finish())
    return 0
}

private func decode(
    _ line: UnsafeRawBufferPointer, at position: Int64, _ decoder: inout NDJSONDecoder,
    _ builder: inout EventBatch.Builder
) {
    do {
        do {
            _ = try unsafe decoder.decode(line, at: position, into: &builder)
        } catch is LineProblem {
            try decoder.appendRejected(at: position, into: &builder)
        }
    } catch {
        preconditionFailure("a small line didn't fit: \(error)")
    }
}

/// What has been read can be read again, once it is written.
private func check(_ batch: EventBatch) {
    for row in 0..<batch.count where !batch[row].isRejected {
        let event = batch[row]
        precondition(event.index >= 0 && !event.type.isEmpty, "\(event)")
        precondition(!event.stream.category.isEmpty && !event.stream.id.isEmpty, "\(event)")
        _ = event.metadata.count + event.data.count
    }
}
