import ActorProcessing

/// What the shop writes to a customer: that an order is placed, or that money was taken.
struct Confirmation: Sendable, Hashable, CustomStringConvertible {
    static let type = "Confirmation"

    var stream: StreamName
    var cents: Int

    init(stream: StreamName, cents: Int) {
        self.stream = stream
        self.cents = cents
    }

    /// `nil` when the output isn't a confirmation.
    init?(_ output: Output) {
        let parts = String(decoding: output.data, as: UTF8.self).split(separator: " ")
        guard parts.count == 2, let cents = Int(parts[1]) else { return nil }
        do {
            self.init(stream: try StreamName(String(parts[0])), cents: cents)
        } catch {
            return nil
        }
    }

    var output: Output { Output(type: Self.type, data: Array(description.utf8)) }

    var description: String { "\(stream) \(cents)" }
}
