import Testing

extension Tag {
    /// A guarantee of the README.
    @Tag static var guarantee: Tag
}
