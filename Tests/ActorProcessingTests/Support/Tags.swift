import Testing

extension Tag {
    /// A pure machine, often against an obvious model over many seeds.
    @Tag static var machine: Tag
    /// A whole reactor on the live runtime.
    @Tag static var reactor: Tag
    /// A restart on the same store.
    @Tag static var recovery: Tag
}
