#if SQLite
    /// What an event of an account says.
    enum ProbeFact: Sendable, Hashable {
        case opened
        case added(Int)
        /// A timer is to be set, of so many milliseconds.
        case reminderWanted(after: Int)

        var type: String {
            switch self {
            case .opened: "Opened"
            case .added: "Added"
            case .reminderWanted: "ReminderWanted"
            }
        }

        var number: Int {
            switch self {
            case .opened: 0
            case .added(let number), .reminderWanted(let number): number
            }
        }

        /// `nil` for an unknown type.
        init?(type: String, number: Int) {
            switch type {
            case "Opened": self = .opened
            case "Added": self = .added(number)
            case "ReminderWanted": self = .reminderWanted(after: number)
            default: return nil
            }
        }
    }
#endif
