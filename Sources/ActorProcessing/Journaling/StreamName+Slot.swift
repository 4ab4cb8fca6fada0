import Sharding

extension StreamName {
    /// Which of `count` slots the stream falls in: `0 ..< count`.
    public func slot(of count: Int) -> Int { StableHash.bucket(of: stableHash, count: count) }
}
