/// The program of a reactor whose handlers are plugged in by category: each stream has a cell of its category's.
final class PluggedProgram: StreamProgram {
    let board = PlugBoard()

    func makeCell() -> StreamCell { preconditionFailure("a cell of a plugged program has a stream") }

    func makeCell(of stream: () -> StreamName) -> StreamCell {
        PluggedCell(board.plug(of: stream().category)?.program)
    }

    func makeCall() -> StreamCall {
        { cell, events, context in
            // `makeCell` is where all cells come from.
            let cell = unsafe unsafeDowncast(cell, to: PluggedCell.self)
            return try await cell.handle(events, &context)
        }
    }

    func makeCallAtOnce() -> StreamCallAtOnce? { nil }

    // What a category doesn't need its cells leave out.
    var publishes: Bool { true }
    var takesMessages: Bool { true }
    var keepsState: Bool { true }
    var hasState: Bool { true }
}
