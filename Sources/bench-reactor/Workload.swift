import ActorProcessing
import Supervision

/// The workloads that are measured, made from seeds so that other programs can do exactly the same work.
///
/// A stream is named `Order-` and two draws of a generator seeded with its number, in hexadecimal; an event is a draw for
/// its stream and a draw for its payload, from a generator seeded with 42.
struct Workload {
    enum Kind: String, CaseIterable {
        case ordered = "W1"
        case many = "W2"
        case shuffled = "W3"
        case io = "W4"
    }

    let kind: Kind
    let streams: Int
    let events: Int

    init(kind: Kind, streams: Int? = nil, events: Int? = nil) {
        self.kind = kind
        switch kind {
        case .ordered, .shuffled:
            self.streams = streams ?? 100_000
            self.events = events ?? 5_000_000
        case .many:
            self.streams = streams ?? 1_000_000
            self.events = events ?? 5_000_000
        case .io:
            self.streams = streams ?? 10_000
            self.events = events ?? 200_000
        }
    }

    private struct Arrival {
        var stream: UInt32
        var index: UInt32
        var payload: UInt64
    }

    /// All arrivals, in batches of at most `size` events.
    func batches(of size: Int) throws -> [EventBatch] {
        let names = (0..<streams).map(Self.name)
        let arrivals = kind == .shuffled ? perturbed(inOrder()) : inOrder()
        var batches: [EventBatch] = []
        var position: Int64 = 0
        for first in stride(from: 0, to: arrivals.count, by: size) {
            var builder = EventBatch.Builder()
            let part = arrivals[first..<min(arrivals.count, first + size)]
            builder.reserveCapacity(events: part.count, bytes: part.count * 46)
            for arrival in part {
                var payload = arrival.payload.littleEndian
                try unsafe names[Int(arrival.stream)].withUnsafeBytes { name in
                    try unsafe withUnsafeBytes(of: &payload) { data in
                        try unsafe builder.append(
                            name: name, index: Int64(arrival.index), type: "Added", data: data)
                    }
                }
            }
            batches.append(builder.finish(firstPosition: position))
            position += Int64(part.count)
        }
        return batches
    }

    /// The bytes of a stream's name.
    static func name(_ number: Int) -> [UInt8] {
        var generator = SplitMix64(seed: UInt64(number))
        let digits = Array("0123456789abcdef".utf8)
        var name = Array("Order-".utf8)
        for _ in 0..<2 {
            let draw = generator.next()
            for shift in stride(from: 60, through: 0, by: -4) { name.append(digits[Int((draw >> UInt64(shift)) & 15)]) }
        }
        return name
    }

    private func inOrder() -> [Arrival] {
        var generator = SplitMix64(seed: 42)
        var counts = [UInt32](repeating: 0, count: streams)
        return (0..<events).map { _ in
            let stream = Int(generator.next() % UInt64(streams))
            defer { counts[stream] += 1 }
            return Arrival(stream: UInt32(stream), index: counts[stream], payload: generator.next())
        }
    }

    /// Shuffles windows of 64 arrivals; one in a hundred comes again in the next window.
    private func perturbed(_ arrivals: [Arrival]) -> [Arrival] {
        var generator = SplitMix64(seed: 43)
        func shuffle(_ batch: inout [Arrival]) {
            for place in stride(from: batch.count - 1, to: 0, by: -1) {
                batch.swapAt(place, Int(generator.next() % UInt64(place + 1)))
            }
        }
        var result: [Arrival] = []
        result.reserveCapacity(arrivals.count + arrivals.count / 64)
        var pending: [Arrival] = []
        for first in stride(from: 0, to: arrivals.count, by: 64) {
            let window = arrivals[first..<min(arrivals.count, first + 64)]
            var batch = Array(window) + pending
            shuffle(&batch)
            result += batch
            pending = window.filter { _ in generator.next() % 100 == 0 }
        }
        shuffle(&pending)
        return result + pending
    }
}
