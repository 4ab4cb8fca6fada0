#if SQLite
    /// What a process is to do.
    struct ProbeOptions: Sendable, Hashable {
        /// The seed of what happens.
        var workload: UInt64
        /// The file.
        var state: String
        /// The seed of its death; `nil` when it is left alone, or killed from outside.
        var crash: UInt64?
        /// Writes a dot for each event and timer that the machine is given.
        var showsProgress = false
        /// Waits while another process owns the reactor; it writes a `w` then.
        var isPatient = false
        /// Doesn't end when all is done, until it is killed.
        var isLasting = false

        init(workload: UInt64, state: String) {
            self.workload = workload
            self.state = state
        }

        /// What a command line says; `nil` when it makes no sense.
        init?(_ arguments: [String]) {
            guard arguments.count >= 2, let workload = UInt64(arguments[0]) else { return nil }
            self.init(workload: workload, state: arguments[1])
            for argument in arguments.dropFirst(2) {
                switch argument {
                case "progress": showsProgress = true
                case "wait": isPatient = true
                case "last": isLasting = true
                default:
                    guard let seed = UInt64(argument) else { return nil }
                    crash = seed
                }
            }
        }

        /// The same as a command line.
        var arguments: [String] {
            var arguments = ["\(workload)", state]
            if showsProgress { arguments.append("progress") }
            if isPatient { arguments.append("wait") }
            if isLasting { arguments.append("last") }
            if let crash { arguments.append("\(crash)") }
            return arguments
        }
    }
#endif
