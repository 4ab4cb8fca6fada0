/// A small seeded generator: the same seed gives the same numbers on every platform.
///
/// Fit for jitter, simulations and test data; not for secrets. The algorithm is Sebastiano Vigna's splitmix64.
public struct SplitMix64: RandomNumberGenerator, Sendable {
    @usableFromInline
    var state: UInt64

    /// A generator whose numbers are those of `seed`, any one.
    @inlinable
    public init(seed: UInt64) {
        state = seed
    }

    @inlinable
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// An independent generator, seeded from this one.
    @inlinable
    public mutating func split() -> SplitMix64 {
        SplitMix64(seed: next())
    }
}
