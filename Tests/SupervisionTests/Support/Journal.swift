/// What processes noted, in order; the test awaits one note after the other.
struct Journal {
    let writer: AsyncStream<String>.Continuation
    private var notes: AsyncStream<String>.Iterator

    init() {
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        writer = continuation
        notes = stream.makeAsyncIterator()
    }

    mutating func next() async -> String? {
        await notes.next(isolation: #isolation)
    }

    /// The next few notes, sorted: for what happens in no given order.
    mutating func next(_ count: Int) async -> [String] {
        var result: [String] = []
        for _ in 0..<count { result.append(await next() ?? "") }
        return result.sorted()
    }
}
