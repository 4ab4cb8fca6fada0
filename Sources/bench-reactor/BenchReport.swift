/// What one run has measured.
struct BenchReport {
    let workload: Workload
    let digest: UInt64
    let events: Int
    let seconds: Double
    let peak: Int
    let peakBefore: Int

    private var digits: String {
        let hexadecimal = String(digest, radix: 16)
        return String(repeating: "0", count: 16 - hexadecimal.count) + hexadecimal
    }

    var line: String {
        "digest=\(digits) events=\(events) seconds=\(seconds) rss_kib=\(peak) rss0_kib=\(peakBefore)"
    }

    var json: String {
        """
        {"workload":"\(workload.kind.rawValue)","streams":\(workload.streams),"events":\(events),"digest":"\(digits)",\
        "seconds":\(seconds),"eventsPerSecond":\(Int(Double(events) / seconds)),"peakKiB":\(peak),"peakBeforeKiB":\(peakBefore)}
        """
    }
}
