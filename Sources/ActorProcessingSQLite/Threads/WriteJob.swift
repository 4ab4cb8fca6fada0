#if SQLite
    import Synchronization

    /// Something to be written. It shares a transaction with others, and knows what came of it only after the commit.
    class WriteJob: @unchecked Sendable {
        // @unchecked: touched by the writer's thread alone once it has been added.

        /// How many outcomes or appends it stands for.
        let weight: Int

        init(weight: Int) { self.weight = weight }

        /// Does the work. May be called again, when the transaction has to be run again; only the last time counts.
        func run(in transaction: WriteTransaction) throws { preconditionFailure("a write job without work") }

        /// The work is committed.
        func committed() { preconditionFailure("a write job that nobody waits for") }

        /// Nothing of the work is committed, as far as is known.
        func failed(_ error: any Error) { preconditionFailure("a write job that nobody waits for") }
    }

    /// A job that somebody waits for.
    final class AwaitedWriteJob<Value: Sendable>: WriteJob, @unchecked Sendable {
        // @unchecked: as for the base class.

        /// Let go of before the answer: what it holds, a store's locks among it, is then the caller's alone.
        private var body: (@Sendable (WriteTransaction) throws -> Value)?
        private let answer: @Sendable (Result<Value, any Error>) -> Void
        private var value: Value?

        init(
            weight: Int, body: @escaping @Sendable (WriteTransaction) throws -> Value,
            answer: @escaping @Sendable (Result<Value, any Error>) -> Void
        ) {
            self.body = body
            self.answer = answer
            super.init(weight: weight)
        }

        override func run(in transaction: WriteTransaction) throws {
            guard let body else { preconditionFailure("a write job was run after it was answered") }
            value = nil
            value = try body(transaction)
        }

        override func committed() {
            guard let value else { preconditionFailure("a write job was committed without having been run") }
            body = nil
            answer(.success(value))
        }

        override func failed(_ error: any Error) {
            body = nil
            answer(.failure(error))
        }
    }
#endif
