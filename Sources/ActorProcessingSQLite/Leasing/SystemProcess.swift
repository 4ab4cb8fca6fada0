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
            guard let text = SystemFile.text("/proc/\(number)/stat") else { return nil }
            // A program's name may hold anything; behind its parenthesis comes the third field.
            guard let name = text.lastIndex(of: ")") else { return nil }
            let fields = text[name...].split(separator: " ").dropFirst()
            guard fields.count > 19, let start = Int64(fields[fields.startIndex + 19]) else { return nil }
            self.init(number: number, start: start)
        }
    }
#endif
