/// Takes options off a command line, as `--option value` or `--option=value`.
struct ArgumentReader {
    private var rest: ArraySlice<String>
    private var option = ""
    private var attached: String?

    private init(_ arguments: ArraySlice<String>) { rest = arguments }

    /// Takes everything: options, each at most once, and the file that a command is about.
    ///
    /// - Parameters:
    ///   - command: whose arguments these are.
    ///   - takesFile: whether it is about a file.
    ///   - take: takes an option, with its value from the reader; `false` when the command has no such option.
    /// - Returns: which options there were, and the file.
    @discardableResult
    static func read(
        _ arguments: ArraySlice<String>, of command: String, takesFile: Bool = false,
        _ take: (_ option: String, _ rest: inout ArgumentReader) throws(UsageError) -> Bool
    ) throws(UsageError) -> (options: Set<String>, file: String?) {
        var reader = ArgumentReader(arguments)
        var options: Set<String> = []
        var file: String?
        while true {
            if takesFile, let operand = reader.operand() {
                guard file == nil else { throw UsageError("'\(command)' takes one file, not also '\(operand)'") }
                guard !operand.isEmpty else { throw UsageError("a file's name can't be empty") }
                file = operand
                continue
            }
            guard let option = try reader.next() else { return (options, file) }
            guard options.insert(option).inserted else { throw UsageError("'\(option)' is given twice") }
            guard try take(option, &reader) else { throw UsageError("'\(command)' has no option '\(option)'") }
        }
    }

    /// The next argument, if it is no option but what the command is about.
    private mutating func operand() -> String? {
        guard let argument = rest.first, argument == "-" || !argument.hasPrefix("-") else { return nil }
        return rest.popFirst()
    }

    /// The next option's name.
    private mutating func next() throws(UsageError) -> String? {
        guard let argument = rest.popFirst() else { return nil }
        guard argument.hasPrefix("--") else { throw UsageError("'\(argument)' is not an option") }
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        option = String(parts[0])
        attached = parts.count > 1 ? String(parts[1]) : nil
        return option
    }

    /// The present option's value.
    mutating func number<Number: FixedWidthInteger>(in range: ClosedRange<Number>) throws(UsageError) -> Number {
        guard let text = attached ?? rest.popFirst() else {
            throw UsageError("'\(option)' takes a number from \(range.lowerBound) to \(range.upperBound)")
        }
        guard let number = Number(text), range.contains(number) else {
            throw UsageError(
                "'\(option)' takes a number from \(range.lowerBound) to \(range.upperBound), not '\(text)'")
        }
        return number
    }

    /// The present option's value, one of a few.
    mutating func choice<Choice: CaseIterable & RawRepresentable<String>>(
        of type: Choice.Type
    ) throws(UsageError) -> Choice {
        let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        guard let text = attached ?? rest.popFirst() else { throw UsageError("'\(option)' takes one of: \(names)") }
        guard let choice = Choice(rawValue: text) else {
            throw UsageError("'\(option)' takes one of: \(names); not '\(text)'")
        }
        return choice
    }

    /// The present option's value.
    ///
    /// - Parameter what: what it stands for, with an article.
    mutating func text(_ what: String) throws(UsageError) -> String {
        if attached == nil, let next = rest.first, next.hasPrefix("--") {
            throw UsageError(
                "'\(option)' takes \(what), not '\(next)': what begins with dashes goes behind '\(option)='")
        }
        guard let text = attached ?? rest.popFirst(), !text.isEmpty else {
            throw UsageError("'\(option)' takes \(what)")
        }
        return text
    }

    /// The present option has no value: it is true by being there.
    func flag() throws(UsageError) -> Bool {
        if let attached { throw UsageError("'\(option)' takes no value, but is given '\(attached)'") }
        return true
    }
}
