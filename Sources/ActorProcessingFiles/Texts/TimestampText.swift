#if Files
    import Supervision

    /// Times as text, by RFC 3339.
    enum TimestampText {
        /// The time that a text stands for, to the nanosecond, or `nil`.
        ///
        /// - Parameter needsZone: whether the offset from UTC must be there; without one, the time is taken as UTC's.
        static func parse(_ text: UnsafeRawBufferPointer, needsZone: Bool = true) -> Timestamp? {
            var reader = unsafe DigitReader(text)
            guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2), reader.take("-"),
                let day = reader.digits(2), reader.take("T") || reader.take("t") || reader.take(" "),
                let hour = reader.digits(2), reader.take(":"), let minute = reader.digits(2), reader.take(":"),
                let second = reader.digits(2), month >= 1, month <= 12, day >= 1, day <= length(of: month, year),
                hour <= 23,
                minute <= 59, second <= 60
            else { return nil }
            var nanoseconds: Int64 = 0
            if reader.take(".") {
                guard let fraction = reader.fraction() else { return nil }
                nanoseconds = fraction
            }
            guard let offset = reader.zone(needsZone), reader.isAtEnd else { return nil }
            // Leap seconds aren't counted: the sixtieth is the next minute's first.
            let seconds =
                days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - offset
            let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
            let (sum, overflows) = whole.addingReportingOverflow(nanoseconds)
            // The least number stands for no time at all.
            return overflow || overflows || sum == .min ? nil : Timestamp(nanosecondsSince1970: sum)
        }

        private static func isLeap(_ year: Int64) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

        private static func length(of month: Int64, _ year: Int64) -> Int64 {
            switch month {
            case 2: isLeap(year) ? 29 : 28
            case 4, 6, 9, 11: 30
            default: 31
            }
        }

        /// Days from 1970-01-01, counted in years that begin in March, whose leap days come last.
        private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
            let year = month <= 2 ? year - 1 : year
            let era = (year >= 0 ? year : year - 399) / 400
            let ofEra = year - era * 400
            let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
            return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
        }

        /// A time as text in UTC, with as many decimals as it needs.
        static func text(_ time: Timestamp) -> String {
            var days = time.nanosecondsSince1970 / 86_400_000_000_000
            var rest = time.nanosecondsSince1970 % 86_400_000_000_000
            if rest < 0 {
                days -= 1
                rest += 86_400_000_000_000
            }
            let (year, month, day) = date(days)
            let seconds = rest / 1_000_000_000
            var text =
                "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T"
                + "\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
            var fraction = padded(rest % 1_000_000_000, 9)
            while fraction.last == "0" { fraction.removeLast() }
            if !fraction.isEmpty { text += ".\(fraction)" }
            return text + "Z"
        }

        private static func date(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
            let shifted = days + 719_468
            let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
            let ofEra = shifted - era * 146_097
            let year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
            let ofYear = ofEra - (365 * year + year / 4 - year / 100)
            let month = (5 * ofYear + 2) / 153
            let civil = month < 10 ? month + 3 : month - 9
            return (year + era * 400 + (civil <= 2 ? 1 : 0), civil, ofYear - (153 * month + 2) / 5 + 1)
        }

        private static func padded(_ number: Int64, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
    }

    /// Reads fixed fields of digits.
    @safe private struct DigitReader {
        private let text: UnsafeRawBufferPointer
        private var place = 0

        init(_ text: UnsafeRawBufferPointer) { unsafe self.text = text }

        var isAtEnd: Bool { unsafe place == text.count }

        private var next: UInt8 { unsafe place < text.count ? unsafe text[place] : 0 }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard next == UInt8(ascii: character) else { return false }
            place += 1
            return true
        }

        mutating func digits(_ count: Int) -> Int64? {
            var number: Int64 = 0
            for _ in 0..<count {
                let digit = next &- UInt8(ascii: "0")
                guard digit <= 9 else { return nil }
                number = number * 10 + Int64(digit)
                place += 1
            }
            return number
        }

        /// In nanoseconds; further decimals are cut off.
        mutating func fraction() -> Int64? {
            var number: Int64 = 0
            var count = 0
            while true {
                let digit = next &- UInt8(ascii: "0")
                guard digit <= 9 else { break }
                if count < 9 { number = number * 10 + Int64(digit) }
                count += 1
                place += 1
            }
            for _ in 0..<max(0, 9 - count) { number *= 10 }
            return count > 0 ? number : nil
        }

        /// Seconds east of UTC.
        mutating func zone(_ isNeeded: Bool) -> Int64? {
            if take("Z") || take("z") { return 0 }
            if isAtEnd { return isNeeded ? nil : 0 }
            let isEast = next == UInt8(ascii: "+")
            guard take("+") || take("-"), let hours = digits(2), hours <= 23 else { return nil }
            _ = take(":")
            guard let minutes = digits(2), minutes <= 59 else { return nil }
            return (isEast ? 1 : -1) * (hours * 3600 + minutes * 60)
        }
    }
#endif
