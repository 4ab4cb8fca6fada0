#if SQLite
    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// A process of the operating system, which has its number for as long as it lives, and no other the same start.
    struct SystemProcess: Sendable, Hashable {
        var number: Int32
        /// When it was started, in the system's ticks since its own start; 0 where the system doesn't tell.
        var start: Int64

        /// This process.
        static var current: SystemProcess {
            SystemProcess(running: getpid()) ?? SystemProcess(number: getpid(), start: 0)
        }

        init(number: Int32, start: Int64) {
            self.number = number
            self.start = start
        }

        /// The process that has this number now; `nil` when there is none, or none that can be looked at.
        init?(running number: Int32) {
            guard let fields = Self.fields(of: number), let start = Int64(fields[19]) else { return nil }
            self.init(number: number, start: start)
        }

        /// What a process is doing.
        struct Activity: Hashable {
            /// The system's letter: `T` or `t` for one that was stopped, `D` for one that waits for a disk.
            var state: Substring
            /// How much of the processors it has had, in ticks.
            var ticks: Int64

            var isStopped: Bool { state == "T" || state == "t" }
        }

        /// What it is doing now; `nil` when it has ended.
        var activity: Activity? {
            guard let fields = Self.fields(of: number), Int64(fields[19]) == start, let user = Int64(fields[11]),
                let system = Int64(fields[12])
            else { return nil }
            return Activity(state: fields[0], ticks: user + system)
        }

        /// What the system tells of a process, from the third field on.
        private static func fields(of number: Int32) -> [Substring]? {
            guard let text = SystemFile.text("/proc/\(number)/stat") else { return nil }
            // A program's name may hold anything, and ends with a parenthesis.
            guard let name = text.lastIndex(of: ")") else { return nil }
            let fields = text[name...].split(separator: " ").dropFirst()
            return fields.count > 19 ? Array(fields) : nil
        }
    }
#endif
