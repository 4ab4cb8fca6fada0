/// Turns an event's data into a value and back.
public protocol EventCodec<Value>: Sendable {
    /// What an event's data stands for.
    associatedtype Value

    /// The value that the data stands for.
    ///
    /// - Throws: ``EventError`` of code ``EventError/Code/undecodable``: a data error, which isn't retried.
    func decode(_ event: Event) throws(EventError) -> Value

    /// The data that stands for a value.
    ///
    /// - Throws: ``EventError`` of code ``EventError/Code/unencodable``.
    func encode(_ value: Value) throws(EventError) -> [UInt8]
}
