#if SQLite
    import ActorProcessing
    import Sharding
    import Supervision

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// The nodes' processes: starts them, strikes them with faults, and sees to it that they come back.
    actor NodeFleet {
        private struct Member {
            let process: NodeProcess
            var condition = NodeCondition.running
        }

        private let shop: SharedShop
        private let executable: String
        private let options: DistributedOptions
        private let state: String
        private var members: [String: Member] = [:]
        /// What is to be done when, in the order of time.
        private var followUps: [(due: ContinuousClock.Instant, what: FollowUp)] = []
        private(set) var strikes: [Strike] = []
        /// Processes that other nodes have ended, since they were stopped in the middle of a write.
        private(set) var endedByOthers = 0
        private var started = 0
        private let tell: @Sendable (String) -> Void

        init(
            _ shop: SharedShop, _ options: DistributedOptions, state: String, executable: String,
            tell: @escaping @Sendable (String) -> Void
        ) {
            self.shop = shop
            self.options = options
            self.state = state
            self.executable = executable
            self.tell = tell
        }

        /// The nodes that live, and what they are supposed to be doing.
        var conditions: [String: NodeCondition] { members.mapValues(\.condition) }

        /// The nodes that live or are to be started again.
        var names: Set<String> {
            Set(members.keys).union(followUps.compactMap { if case .start(let node) = $0.what { node } else { nil } })
        }

        /// Starts a node under a name that none has had.
        @discardableResult
        func startAnother() throws -> String {
            let name = Self.name(started)
            started += 1
            try start(name)
            return name
        }

        /// a to z, then a1, b1 and so on.
        private static func name(_ number: Int) -> String {
            let letter = String(UnicodeScalar(UInt8(ascii: "a") + UInt8(number % 26)))
            return number < 26 ? letter : "\(letter)\(number / 26)"
        }

        private func start(_ name: String) throws {
            let node = NodeOptions(
                name: name, state: state, slots: options.slots, ttl: options.ttl, seed: options.seed)
            let process = try NodeProcess.start(executable, node.arguments, log: log(of: name))
            members[name] = Member(process: process)
            tell("\(name) starts as process \(process.number)")
        }

        private func log(of name: String) -> String { "\(state).\(name).log" }

        // MARK: - faults

        /// A node is gone at once, and is started again after a while; not at all for `nil`.
        func kill(_ name: String, startAfter delay: Duration?) async throws {
            try await strike(.killed, name) { $0.send(SIGKILL) }
            members[name]?.condition = .dying
            if let delay { follow(.start(name), after: delay) }
        }

        /// A node stops, and goes on after a while.
        func freeze(_ name: String, for duration: Duration) async throws {
            try await strike(duration > options.ttl ? .frozen : .pausedBriefly, name, for: duration) {
                $0.send(SIGSTOP)
            }
            members[name]?.condition = .frozen
            follow(.wake(name), after: duration)
        }

        /// A node stops itself in the middle of its next write, and goes on after a while unless somebody has ended it.
        func freezeInWrite(_ name: String, for duration: Duration) async throws {
            try await strike(.frozenInWrite, name, for: duration) { $0.send(.freeze) }
            members[name]?.condition = .frozen
            follow(.wake(name), after: duration)
        }

        /// A node leaves gracefully, and is started again after a while; not at all for `nil`.
        func stop(_ name: String, startAfter delay: Duration?) async throws {
            try await strike(.stopped, name) { $0.send(.stop) }
            members[name]?.condition = .leaving
            if let delay { follow(.start(name), after: delay) }
        }

        /// There is another node.
        @discardableResult
        func join() async throws -> String {
            let leases = try await shop.leases()
            let time = SystemClock().wallTime
            let name = try startAnother()
            strikes.append(Strike(kind: .joined, node: name, time: time, slots: leases))
            return name
        }

        /// All nodes leave gracefully.
        func stopAll() {
            followUps = []
            for (name, member) in members {
                wake(name)
                member.process.send(.stop)
                members[name]?.condition = .leaving
            }
        }

        /// Ends all processes at once, also those that are stopped.
        func removeAll() {
            for member in members.values { member.process.remove() }
            members = [:]
            followUps = []
        }

        private func strike(
            _ kind: FaultKind, _ name: String, for pause: Duration? = nil, _ act: (NodeProcess) -> Void
        ) async throws {
            let slots = try await shop.leases().filter { $0.node == name }
            guard let member = members[name] else { return }
            strikes.append(
                Strike(kind: kind, node: name, time: SystemClock().wallTime, slots: slots, pause: pause))
            act(member.process)
            tell(
                "\(name): \(kind.rawValue); it has "
                    + (slots.isEmpty ? "nothing" : slots.map(\.text).joined(separator: " ")))
        }

        // MARK: - what comes after

        private func follow(_ what: FollowUp, after delay: Duration) {
            followUps.append((ContinuousClock.now + delay, what))
            followUps.sort { $0.due < $1.due }
        }

        /// Does what is due, and looks after those that have ended. To be called often.
        ///
        /// - Throws: ``DistributedError`` when a node has failed.
        func look() throws {
            for name in members.keys.sorted() {
                if let member = members[name], let end = member.process.end() { try ended(name, member, end) }
            }
            var place = 0
            while place < followUps.count, followUps[place].due <= .now {
                // It must have ended before another can have its name.
                if case .start(let name) = followUps[place].what, members[name] != nil {
                    place += 1
                    continue
                }
                switch followUps.remove(at: place).what {
                case .wake(let name): wake(name)
                case .start(let name): try start(name)
                }
            }
        }

        /// Has everything that is stopped go on, and starts what was to be started, now.
        func hurry() {
            followUps = followUps.map { (.now, $0.what) }
        }

        private func wake(_ name: String) {
            guard let member = members[name], member.condition == .frozen else { return }
            member.process.send(.thaw)
            member.process.send(SIGCONT)
            members[name]?.condition = .running
            tell("\(name) goes on")
        }

        private func ended(_ name: String, _ member: Member, _ end: NodeProcess.End) throws {
            members[name] = nil
            followUps.removeAll { $0.what == .wake(name) }
            switch (end, member.condition) {
            case (.exited(0), .leaving): tell("\(name) has left")
            case (.killed(SIGKILL), .dying): tell("\(name) is dead")
            case (.killed(SIGKILL), _):
                endedByOthers += 1
                tell("\(name) was ended by another node: it was stopped in a write, and its leases had lapsed")
                if member.condition != .leaving { follow(.start(name), after: .zero) }
            case (.exited(let code), _):
                throw DistributedError("node \(name) has ended by itself, with code \(code): see \(log(of: name))")
            case (.killed(let signal), _):
                throw DistributedError("node \(name) has died of signal \(signal): see \(log(of: name))")
            }
        }
    }
#endif
