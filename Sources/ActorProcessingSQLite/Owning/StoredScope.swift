#if SQLite
    import ActorProcessing
    import Sharding
    import Supervision

    /// A scope as the file has it.
    struct StoredScope {
        /// Who has a scope, as its row says it.
        enum Tenure: Int64 {
            case free, owned, leased
        }

        /// How an epoch came about, as a scope's row says it.
        enum Origin: Int64 {
            case free, lapsed, takenOver
        }

        let number: Int64
        let process: String
        /// What the row says.
        let row: LeaseRow

        static let columns = """
            s.id, s.partition, s.epoch, s.tenure, s.node, s.incarnation, s.boot, s.expires, s.owner, s.since, s.renewed,
            s.origin, s.origin_node
            """

        /// What changes in a row when a scope is given back.
        static let vacating = """
            epoch = epoch + 1, tenure = \(Tenure.free.rawValue), node = NULL, incarnation = NULL, boot = NULL,
            expires = NULL, process = NULL, process_start = NULL, offer = NULL
            """

        init(_ columns: SQLiteRow, _ owners: Owners) throws {
            number = columns.integer(0)
            process = columns.text(1)
            let origin: LeaseRecord.Origin
            switch Origin(rawValue: columns.integer(11)) {
            case .free: origin = .free
            case .lapsed: origin = .lapsed(node: columns.text(12))
            case .takenOver: origin = .takenOver(node: columns.text(12))
            case nil: throw Self.unknown("origin", columns.integer(11), of: process)
            }
            // The epoch of a row that was given back is one that nobody has; what is told is whose the last one was.
            let isVacant = columns.integer(3) == Tenure.free.rawValue
            row = LeaseRow(
                epoch: UInt64(bitPattern: isVacant ? max(columns.integer(2), 1) - 1 : columns.integer(2)),
                tenure: try Self.tenure(columns, number, process, owners), owner: columns.text(8),
                since: Timestamp(nanosecondsSince1970: columns.integer(9)),
                renewed: Timestamp(nanosecondsSince1970: columns.integer(10)), origin: origin)
        }

        private static func tenure(
            _ columns: SQLiteRow, _ number: Int64, _ process: String, _ owners: Owners
        ) throws -> LeaseTenure {
            switch Tenure(rawValue: columns.integer(3)) {
            case .free: return .free
            // Whoever owned it without a lease has ended when nobody has the lock.
            case .owned: return try owners.locks.isTaken(number) ? .owned : .free
            case .leased:
                let holder = LeaseHolder(
                    node: columns.text(4), incarnation: UInt64(bitPattern: columns.integer(5)))
                let end = RuntimeInstant(nanoseconds: columns.integer(7))
                // The clock of another start of the machine says nothing: its holders are gone.
                let isOfThisBoot = columns.text(6) == owners.clock.boot
                return .leased(holder, until: isOfThisBoot ? end : RuntimeInstant(nanoseconds: .min))
            case nil: throw unknown("tenure", columns.integer(3), of: process)
            }
        }

        private static func unknown(_ what: String, _ value: Int64, of process: String) -> StoreError {
            StoreError(
                .corrupted, "'\(process)' has a \(what) of \(value), which means nothing: put a backup in its place")
        }
    }

    extension LeaseRecord.Origin {
        var columns: (kind: StoredScope.Origin, node: String?) {
            switch self {
            case .free: (.free, nil)
            case .lapsed(let node): (.lapsed, node)
            case .takenOver(let node): (.takenOver, node)
            }
        }
    }
#endif
