#if SQLite
    import Synchronization

    /// Does a store's work on the threads of its callers, one at a time: what a simulated run needs, which has only one.
    final class CallersWork: Sendable {
        private let writer: Writer
        private let reader: Reader
        private let lock = Mutex(())

        init(writer: Writer, reader: Reader) {
            self.writer = writer
            self.reader = reader
        }

        func write<Value: Sendable>(_ body: @escaping @Sendable (WriteTransaction) throws -> Value) throws -> Value {
            try lock.withLock { _ in
                let answered = Answer<Value>()
                writer.commit([AwaitedWriteJob(weight: 1, body: body) { answered.put($0) }])
                return try answered.take()
            }
        }

        func read<Value: Sendable>(_ body: (Connection) throws -> Value) throws -> Value {
            try lock.withLock { _ in try reader.read(body).get() }
        }

        func close() { lock.withLock { _ in writer.close() } }

        /// What a job has answered.
        private final class Answer<Value: Sendable>: Sendable {
            private let result = Mutex<Result<Value, any Error>?>(nil)

            func put(_ answer: Result<Value, any Error>) { result.withLock { $0 = answer } }

            func take() throws -> Value {
                guard let answer = result.withLock({ $0 }) else {
                    preconditionFailure("a write job was left unanswered")
                }
                return try answer.get()
            }
        }
    }
#endif
