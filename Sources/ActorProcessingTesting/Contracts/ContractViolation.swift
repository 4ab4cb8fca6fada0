/// A store, a feed or a log doesn't keep what a contract promises.
public struct ContractViolation: Error, Sendable, Hashable, CustomStringConvertible {
    /// The contract, for example `OutcomeStore`.
    public let contract: String
    /// The check that found it.
    public let check: String
    /// What the contract promises.
    public let expected: String
    /// What happened instead.
    public let happened: String
    /// The file of the expectation, as `#fileID` gives it.
    public let fileID: String
    /// Its line.
    public let line: Int

    public var description: String {
        "\(contract), '\(check)': expected \(expected), but \(happened) (\(fileID):\(line))"
    }
}
