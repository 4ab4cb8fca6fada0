import ActorProcessing
import Supervision

/// The workloads that are measured, made from seeds so that other programs can do exactly the same work.
///
/// A stream is named `Order-` and two draws of a generator seeded with its number, in hexadecimal; an event is a draw for
/// its stream and a draw for its payload, from a generator seeded with 42.
struct Workload {
    enum Kind: String, CaseIterable {
        case ordered = "W1"
        /// The same with streams drawn by Zipf's law: the k-th has a share of 1/k.
        case skewed = "W1-zipf"
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
        case .ordered, .skewed, .shuffled:
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

    /// The XOR of all streams' digests, folded in a plain loop.
    var expectedDigest: UInt64 {
        var states = [DigestHandler.State](repeating: DigestHandler.State(), count: streams)
        for arrival in inOrder() { states[Int(arrival.stream)].add(arrival.payload) }
        return states.reduce(0) { $0 ^ $1.digest }
    }

    /// The streams of the first arrivals; when there are fewer, they come round again.
    func draws(_ count: Int) -> [UInt32] {
        let arrivals = inOrder()
        return (0..<count).map { arrivals[$0 % arrivals.count].stream }
    }

    /// How many streams have events at all.
    var drawnStreams: Int { Set(inOrder().map(\.stream)).count }

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
        let shares = kind == .skewed ? Self.shares(streams) : []
        return (0..<events).map { _ in
            let draw = generator.next()
            let stream = shares.isEmpty ? Int(draw % UInt64(streams)) : Self.place(of: draw, in: shares)
            defer { counts[stream] += 1 }
            return Arrival(stream: UInt32(stream), index: counts[stream], payload: generator.next())
        }
    }

    /// The sums of the first shares of Zipf's law with exponent 1.
    private static func shares(_ count: Int) -> [Double] {
        var sum = 0.0
        return (1...count).map { place in
            sum += 1 / Double(place)
            return sum
        }
    }

    private static func place(of draw: UInt64, in shares: [Double]) -> Int {
        let wanted = Double(draw >> 11) / Double(1 << 53) * shares[shares.count - 1]
        var (low, high) = (0, shares.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if shares[middle] <= wanted { low = middle + 1 } else { high = middle }
        }
        return low
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
