/// What one run has measured.
struct BenchReport {
    let workload: Workload
    let digest: UInt64
    let events: Int
    let seconds: Double
    let peak: Int
    let peakBefore: Int

    var line: String {
        "digest=\(digest.hexadecimal) events=\(events) seconds=\(seconds) rss_kib=\(peak) rss0_kib=\(peakBefore)"
    }

    var json: String {
        """
        {"workload":"\(workload.kind.rawValue)","streams":\(workload.streams),"events":\(events),"digest":"\(digest.hexadecimal)",\
        "seconds":\(seconds),"eventsPerSecond":\(Int(Double(events) / seconds)),"peakKiB":\(peak),"peakBeforeKiB":\(peakBefore)}
        """
    }
}
