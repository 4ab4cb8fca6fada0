/// Something that an ``OwnershipAudit`` has found: the store, or what is recorded of it, is broken.
public enum OwnershipFinding: Sendable, Hashable, CustomStringConvertible {
    /// Commits of two epochs of a scope lie between each other's; by the numbers of the first and the last of each.
    case overlap(
        Fence.Scope, epoch: UInt64, ClosedRange<UInt64>, with: UInt64, ClosedRange<UInt64>)
    /// An epoch has commits from before it began, or from after it ended or the next one began.
    case outside(Fence.Scope, epoch: UInt64, ClosedRange<UInt64>, began: UInt64, ended: UInt64)
    /// An epoch isn't higher than one that began before it.
    case notRising(Fence.Scope, epoch: UInt64, after: UInt64)

    public var description: String {
        switch self {
        case .overlap(let scope, let epoch, let commits, let other, let others):
            "\(scope): epoch \(epoch) committed from \(Self.numbers(commits)), and epoch \(other) from "
                + "\(Self.numbers(others)): two owners at once"
        case .outside(let scope, let epoch, let commits, let began, let ended):
            "\(scope): epoch \(epoch) committed from \(Self.numbers(commits)), but "
                + (began == .max
                    ? "nobody was given it" : "ran from \(began)" + (ended == .max ? "" : " to \(ended)") + " only")
        case .notRising(let scope, let epoch, let after):
            "\(scope): epoch \(epoch) began after epoch \(after): epochs have to rise"
        }
    }

    private static func numbers(_ range: ClosedRange<UInt64>) -> String {
        "transaction \(range.lowerBound) to \(range.upperBound)"
    }
}
