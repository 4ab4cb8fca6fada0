#if SQLite
    import ActorProcessing
    import ActorProcessingSQLite

    /// Folds each stream's payloads into a digest, and keeps one row of a view for each stream.
    struct DurableHandler: SynchronousStreamHandler {
        let digest: DigestHandler
        /// Whether states are kept in the store.
        let keepsStates: Bool

        init(totals: Totals, keepsStates: Bool) {
            digest = DigestHandler(totals: totals)
            self.keepsStates = keepsStates
        }

        var initialState: DigestHandler.State { digest.initialState }
        var stateCodec: (any StateCodec<DigestHandler.State>)? { keepsStates ? DigestCodec() : nil }

        func handle(
            _ events: EventSpan, state: inout DigestHandler.State, context: inout HandlerContext
        ) throws -> Progress {
            let progress = try digest.handle(events, state: &state, context: &context)
            let (stream, count, digest) = (events.stream, Int64(state.next), Int64(bitPattern: state.digest))
            context.writeSQLite { try $0.run(Self.write, stream, count, digest) }
            return progress
        }

        static let tables = """
            CREATE TABLE digest (stream TEXT PRIMARY KEY, count INTEGER NOT NULL, digest INTEGER NOT NULL) WITHOUT ROWID
            """
        static let write = SQLiteStatement(
            """
            INSERT INTO digest (stream, count, digest) VALUES (?1, ?2, ?3)
            ON CONFLICT (stream) DO UPDATE SET count = ?2, digest = ?3
            """)
    }

    /// A state as sixteen bytes.
    private struct DigestCodec: StateCodec {
        let schema = 1

        func encode(_ state: DigestHandler.State) throws(EventError) -> [UInt8] {
            unsafe withUnsafeBytes(of: (state.next.littleEndian, state.digest.littleEndian)) { unsafe [UInt8]($0) }
        }

        func decode(_ bytes: [UInt8]) throws(EventError) -> DigestHandler.State {
            guard bytes.count == 16 else { throw EventError(.undecodable, "a state of \(bytes.count) bytes, not 16") }
            let words = unsafe bytes.withUnsafeBytes { bytes in
                unsafe (
                    bytes.loadUnaligned(as: UInt64.self), bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
                )
            }
            return DigestHandler.State(next: UInt64(littleEndian: words.0), digest: UInt64(littleEndian: words.1))
        }
    }
#endif
