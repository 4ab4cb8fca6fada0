#if SQLite
    import ActorProcessing
    import Synchronization

    /// Does a store's work on the threads of its callers, one at a time: what a simulated run needs, which has only one.
    final class CallersWork: Sendable {
        private let writer: Writer
        private let reader: Reader
        private let path: String
        private let isClosed = Mutex(false)

        init(writer: Writer, reader: Reader, path: String) {
            self.writer = writer
            self.reader = reader
            self.path = path
        }

        func write<Value: Sendable>(_ body: @escaping @Sendable (WriteTransaction) throws -> Value) throws -> Value {
            try isClosed.withLock { isClosed in
                if isClosed { throw StoreError(closed: path) }
                let answered = Answer<Value>()
                writer.commit([AwaitedWriteJob(weight: 1, body: body) { answered.put($0) }])
                return try answered.take()
            }
        }

        func read<Value: Sendable>(_ body: (Connection) throws -> Value) throws -> Value {
            try isClosed.withLock { isClosed in
                if isClosed { throw StoreError(closed: path) }
                return try reader.read(body).get()
            }
        }

        func close() {
            isClosed.withLock { isClosed in
                if isClosed { return }
                isClosed = true
                reader.close()
                writer.close()
            }
        }

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
