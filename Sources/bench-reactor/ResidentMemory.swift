#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The memory that the process holds, or has held.
enum ResidentMemory {
    /// Lets the peak begin anew, where the system can do that: what was needed to prepare a
    /// run would hide what the run needs.
    static func forgetPeak() {
        #if canImport(Glibc)
            guard let file = unsafe fopen("/proc/self/clear_refs", "w") else { return }
            unsafe fputs("5", file)
            unsafe fclose(file)
        #endif
    }

    /// What it holds now, in KiB; where the system doesn't tell, the most so far.
    static var kibibytes: Int {
        #if canImport(Glibc)
            guard let file = unsafe fopen("/proc/self/statm", "r") else { return peakKibibytes }
            defer { unsafe fclose(file) }
            var line = [UInt8](repeating: 0, count: 128)
            let length = unsafe fread(&line, 1, line.count, file)
            let text = String(decoding: line.prefix(length), as: UTF8.self)
            let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
            return pages * Int(sysconf(Int32(_SC_PAGESIZE))) / 1024
        #else
            return peakKibibytes
        #endif
    }

    /// The most it has held so far, in KiB, as the system counts it.
    static var peakKibibytes: Int {
        var usage = rusage()
        #if canImport(Glibc)
            unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        #else
            unsafe getrusage(RUSAGE_SELF, &usage)
        #endif
        #if canImport(Darwin)
            return usage.ru_maxrss / 1024
        #else
            return usage.ru_maxrss
        #endif
    }
}
