#if Files

    /// The results in words.
    enum CaseReport {
        private static let width = 15

        static func text(of results: CaseResults, _ options: CaseOptions) -> String {
            let findings = results.findings
            let seconds = max(results.elapsed / .seconds(1), 1e-9)
            var rows: [(String, String)] = [
                ("events", findings.events.grouped),
                ("cases", findings.cases.grouped),
                ("activities", findings.activities.count.grouped),
                ("variants", findings.variants.grouped),
                ("duration", duration(findings)),
                ("duplicates", "\(results.duplicates.grouped) dropped"),
                ("stashed", "\(results.stashed.grouped) until their turn"),
            ]
            if results.rejected > 0 {
                rows.append(("rejected", results.rejected.grouped + (options.rejects.map { ", kept in \($0)" } ?? "")))
            }
            if results.missing > 0 { rows.append(("missing", "\(results.missing.grouped) that others waited for")) }
            rows.append(
                (
                    "throughput",
                    "\(Int(Double(findings.events) / seconds).grouped) events and "
                        + "\((Double(results.bytes) / seconds / 1e5).rounded() / 10) MB a second, for \(results.elapsed.rounded)"
                ))
            return rows.map(row).joined() + activities(findings) + variants(findings)
        }

        private static func row(_ name: String, _ text: String) -> String { padded(name, width) + text + "\n" }

        private static func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(1, width - text.count))
        }

        private static func duration(_ findings: CaseFindings) -> String {
            guard let median = findings.medianDuration, let longest = findings.longestDuration else { return "unknown" }
            return "median \(median.spelled), longest \(longest.spelled)"
        }

        private static func activities(_ findings: CaseFindings) -> String {
            let sorted = findings.activities.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            let width = (sorted.prefix(10).map(\.key.count).max() ?? 0) + 2
            let rows = sorted.prefix(10).map { name, count in
                "  \(padded(name, width))\(count.grouped) times, in \((findings.casesWith[name] ?? 0).grouped) cases\n"
            }
            return "\nMost frequent activities\n" + rows.joined()
                + (sorted.count > 10 ? "  and \((sorted.count - 10).grouped) more\n" : "")
        }

        private static func variants(_ findings: CaseFindings) -> String {
            let rows = findings.topVariants.map { variant in
                "  \(variant.cases.grouped) cases of \(variant.activities.count) events: \(way(variant.activities))\n"
            }
            return "\nMost frequent variants\n" + rows.joined()
                + (findings.variants > rows.count ? "  and \((findings.variants - rows.count).grouped) more\n" : "")
        }

        private static func way(_ activities: [String]) -> String {
            let shown = activities.prefix(8).joined(separator: ", ")
            return activities.count > 8 ? shown + ", …" : shown
        }

        /// The results as one object of JSON.
        static func json(of results: CaseResults) -> String {
            let findings = results.findings
            return "{"
                + [
                    "\"events\":\(findings.events)", "\"cases\":\(findings.cases)", "\"variants\":\(findings.variants)",
                    "\"activities\":\(object(findings.activities))", "\"casesWith\":\(object(findings.casesWith))",
                    "\"topVariantCases\":\(findings.topVariants.first?.cases ?? 0)",
                    "\"medianDurationSeconds\":\(findings.medianDuration.map(\.decimalSeconds) ?? "null")",
                    "\"duplicates\":\(results.duplicates)", "\"stashed\":\(results.stashed)",
                    "\"rejected\":\(results.rejected)", "\"missing\":\(results.missing)",
                    "\"elapsedSeconds\":\(results.elapsed.decimalSeconds)", "\"bytes\":\(results.bytes)",
                ].joined(separator: ",") + "}\n"
        }

        private static func object(_ counts: [String: Int]) -> String {
            "{" + counts.sorted { $0.key < $1.key }.map { "\(string($0.key)):\($0.value)" }.joined(separator: ",") + "}"
        }

        /// A string of JSON.
        static func string(_ text: String) -> String {
            var result = "\""
            for scalar in text.unicodeScalars {
                switch scalar {
                case "\"", "\\": result += "\\\(scalar)"
                case "\u{0}"..."\u{1F}":
                    let digits = String(scalar.value, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                default: result.unicodeScalars.append(scalar)
                }
            }
            return result + "\""
        }
    }

    extension Duration {
        /// Seconds as an exact decimal number, to the nanosecond.
        var decimalSeconds: String {
            let (seconds, attoseconds) = components
            let isNegative = seconds < 0 || attoseconds < 0
            var fraction = String((attoseconds / 1_000_000_000).magnitude)
            fraction = String(repeating: "0", count: 9 - fraction.count) + fraction
            while fraction.last == "0" { fraction.removeLast() }
            return (isNegative ? "-" : "") + "\(seconds.magnitude)" + (fraction.isEmpty ? "" : ".\(fraction)")
        }

        /// In the two largest units that it fills, or to a thousandth of a second.
        var spelled: String {
            let (seconds, attoseconds) = components
            switch seconds {
            case 86_400...: return "\(Int(seconds / 86_400).grouped) d \(seconds % 86_400 / 3_600) h"
            case 3_600...: return "\(seconds / 3_600) h \(seconds % 3_600 / 60) min"
            case 60...: return "\(seconds / 60) min \(seconds % 60) s"
            default:
                let thousandths = Int64(attoseconds / 1_000_000_000_000_000)
                return "\(Double(seconds * 1000 + thousandths) / 1000) s"
            }
        }
    }
#endif
