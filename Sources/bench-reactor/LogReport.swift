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

        private var digits: String {
            let hexadecimal = String(digest, radix: 16)
            return String(repeating: "0", count: 16 - hexadecimal.count) + hexadecimal
        }

        private var megabytesPerSecond: Int { Int(Double(bytes) / 1e6 / seconds) }

        var line: String {
            "digest=\(digits) events=\(events) rejected=\(rejected) bytes=\(bytes) seconds=\(seconds) "
                + "mb_per_second=\(megabytesPerSecond) rss_kib=\(peak) rss0_kib=\(peakBefore)"
        }

        var json: String {
            """
            {"workload":"\(kind.rawValue)","events":\(events),"rejected":\(rejected),"bytes":\(bytes),"digest":"\(digits)",\
            "seconds":\(seconds),"eventsPerSecond":\(Int(Double(events) / seconds)),"megabytesPerSecond":\(megabytesPerSecond),\
            "peakKiB":\(peak),"peakBeforeKiB":\(peakBefore)}
            """
        }
    }
#endif
