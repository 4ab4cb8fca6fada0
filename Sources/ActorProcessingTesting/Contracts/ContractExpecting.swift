/// Says which promise of a contract it is about, and has words to expect things with.
protocol ContractExpecting: Sendable {
    var contract: String { get }
    var check: String { get }
}

extension ContractExpecting {
    func violation(_ expected: String, _ happened: String, _ fileID: String, _ line: Int) -> ContractViolation {
        ContractViolation(
            contract: contract, check: check, expected: expected, happened: happened, fileID: fileID, line: line)
    }

    /// Expects `actual` to equal `expected`; `what` says what that is.
    func expect<Value: Equatable>(
        _ actual: Value, is expected: Value, _ what: String, fileID: String = #fileID, line: Int = #line
    ) throws(ContractViolation) {
        if actual != expected { throw violation("\(what) to be \(expected)", "it is \(actual)", fileID, line) }
    }

    /// Expects something to be so; `what` says what is expected.
    func expect(
        _ condition: Bool, _ what: String, otherwise happened: String, fileID: String = #fileID, line: Int = #line
    ) throws(ContractViolation) {
        if !condition { throw violation(what, happened, fileID, line) }
    }
}
