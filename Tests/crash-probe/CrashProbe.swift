#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Runs a workload on a store in a file, in a process of its own that tests can kill, or that kills itself.
@main
struct CrashProbe {
    static func main() async {
        #if SQLite
            let arguments = Array(CommandLine.arguments.dropFirst())
            do {
                if let stuck = StuckProbe(arguments) { return try await stuck.run() }
                if let lock = LockProbe(arguments) { return try await lock.run() }
                guard let options = ProbeOptions(arguments) else {
                    print("Usage: crash-probe WORKLOAD-SEED FILE [progress] [wait] [last] [CRASH-SEED]")
                    print("       crash-probe stuck FILE LEASE-MILLISECONDS owner|no-owner stop|hang|work")
                    print("       crash-probe lock FILE")
                    exit(2)
                }
                try await ProbeRun(options).run()
            } catch {
                print("\nfailed: \(error)")
                exit(1)
            }
        #else
            print("crash-probe needs the package trait SQLite")
            exit(2)
        #endif
    }
}
