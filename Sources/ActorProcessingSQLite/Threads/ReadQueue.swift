#if SQLite
    import ActorProcessing
    import Sharding
    import Synchronization

    /// What a store's readers have to do. They share it, so that nothing waits behind a long read while a reader is free.
    ///
    /// The first of several readers does the store's own reads alone: however many of the user's own take however long, a
    /// reactor gets on.
    final class ReadQueue: Sendable {
        /// Who wants to read.
        enum Asker {
            /// The store, for a reactor or a journal.
            case store
            /// The user, who may take any time.
            case user
        }

        private struct Item: Sendable {
            /// Rises from one to the next.
            let number: Int
            let job: Reader.Job
        }

        private struct State {
            var stores = RingBuffer<Item>()
            var users = RingBuffer<Item>()
            var nextNumber = 0
            /// The readers that have found nothing to do and weren't woken since.
            var idle: [Int] = []
            var isClosed = false
        }

        private let state = Mutex(State())
        /// Where each reader sleeps.
        private let parkers: [Parker]

        init(readers: Int) { parkers = (0..<readers).map { _ in Parker() } }

        /// - Returns: whether the job will be done.
        func add(for asker: Asker, _ job: @escaping Reader.Job) -> Bool {
            let (isAccepted, reader) = state.withLock { state -> (Bool, Int?) in
                if state.isClosed { return (false, nil) }
                let item = Item(number: state.nextNumber, job: job)
                state.nextNumber += 1
                switch asker {
                case .store: state.stores.append(item)
                case .user: state.users.append(item)
                }
                let able = state.idle.filter { asker == .store || servesUsers($0) }
                // The first one before others, which the user may need.
                guard let reader = able.min() else { return (true, nil) }
                state.idle.removeAll { $0 == reader }
                return (true, reader)
            }
            if let reader { parkers[reader].unpark() }
            return isAccepted
        }

        /// The next job of a reader; blocks until there is one.
        ///
        /// - Returns: `nil` when the queue is closed and nothing is left for this reader.
        func next(for reader: Int) -> Reader.Job? {
            while true {
                let (job, isOver) = state.withLock { state -> (Reader.Job?, Bool) in
                    state.idle.removeAll { $0 == reader }
                    if let job = take(for: reader, &state) { return (job, false) }
                    if !state.isClosed { state.idle.append(reader) }
                    return (nil, state.isClosed)
                }
                if let job { return job }
                if isOver { return nil }
                parkers[reader].park(until: nil)
            }
        }

        /// The one that has waited for longest of those that this reader does.
        private func take(for reader: Int, _ state: inout State) -> Reader.Job? {
            guard servesUsers(reader), let user = state.users.first else { return state.stores.popFirst()?.job }
            if let store = state.stores.first, store.number < user.number { return state.stores.popFirst()?.job }
            return state.users.popFirst()?.job
        }

        private func servesUsers(_ reader: Int) -> Bool { reader > 0 || parkers.count == 1 }

        /// Nothing more is accepted; what is there is still done.
        func close() {
            state.withLock { state in
                state.isClosed = true
                state.idle = []
            }
            for parker in parkers { parker.unpark() }
        }
    }
#endif
