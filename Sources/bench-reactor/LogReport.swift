#if Files
    /// What reading one file has measured.
    struct LogReport {
        let kind: LogWorkload.Kind
        let digest: UInt64
        let events: Int
        let rejected: Int
        let bytes: Int64
        let seconds: Double
        let peak: Int
        let peakBefore: Int

        private var megabytesPerSecond: Int { Int(Double(bytes) / 1e6 / seconds) }

        var line: String {
            "digest=\(digest.hexadecimal) events=\(events) rejected=\(rejected) bytes=\(bytes) seconds=\(seconds) "
                + "mb_per_second=\(megabytesPerSecond) rss_kib=\(peak) rss0_kib=\(peakBefore)"
        }

        var json: String {
            """
            {"workload":"\(kind.rawValue)","events":\(events),"rejected":\(rejected),"bytes":\(bytes),"digest":"\(digest.hexadecimal)",\
            "seconds":\(seconds),"eventsPerSecond":\(Int(Double(events) / seconds)),"megabytesPerSecond":\(megabytesPerSecond),\
            "peakKiB":\(peak),"peakBeforeKiB":\(peakBefore)}
            """
        }
    }
#endif
