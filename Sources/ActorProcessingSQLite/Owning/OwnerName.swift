#if SQLite
    import Supervision

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// Who takes a scope, for the eyes of whoever is kept out.
    struct OwnerName: Sendable {
        let text: String
        let time: Timestamp

        static var current: OwnerName {
            var now = timespec()
            unsafe clock_gettime(CLOCK_REALTIME, &now)
            return OwnerName(
                text: "process \(getpid())",
                time: Timestamp(nanosecondsSince1970: Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)))
        }
    }
#endif
