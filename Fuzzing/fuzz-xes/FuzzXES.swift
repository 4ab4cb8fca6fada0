@testable import ActorProcessingFiles

/// Reads any bytes as an event log, in pieces of any size, and looks whether the data of every event is JSON.
///
/// The first byte is the size of the pieces.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzXES(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let bytes = unsafe bytes, count > 1 else { return 0 }
    var rest = unsafe UnsafeRawBufferPointer(start: bytes + 1, count: count - 1)
    let pieceSize = unsafe Int(bytes.pointee) + 1
    var configuration = XESConfiguration()
    configuration.maximumEventBytes = 4096
    configuration.latenessBound = .seconds(1)
    var machine = XESMachine(configuration)
    let reader = JSONReader()
    let parser = XMLPushParser(
        XMLPushParser.Listener(
            started: { try machine.elementStarted($0, $1) },
            ended: { element in
                guard machine.elementEnded(element) == .take else { return }
                check(machine, reader)
            }))
    do {
        while unsafe !rest.isEmpty {
            let size = min(pieceSize, rest.count)
            try unsafe parser.parse(UnsafeRawBufferPointer(rebasing: rest.prefix(size)))
            unsafe rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(size))
        }
        try parser.finish()
    } catch is LineProblem {
        return 0
    } catch {
        preconditionFailure("a log failed in an unknown way: \(error)")
    }
    return 0
}

private func check(_ machine: XESMachine, _ reader: borrowing JSONReader) {
    let fields = machine.event.text.json.bytes
    let data = [UInt8(ascii: "{")] + fields + [UInt8(ascii: "}")]
    precondition(
        reader.isValue(data) || machine.event.problem != nil,
        "no JSON: \(String(decoding: data, as: UTF8.self))")
    precondition(!machine.type.isEmpty || machine.event.problem != nil, "an event has no type")
    precondition(machine.streamName.contains(UInt8(ascii: "-")) || machine.event.problem != nil, "a stream has no name")
}
