#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The most memory that the process has held so far.
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

    /// In KiB, as the system counts it.
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
