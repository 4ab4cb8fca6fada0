import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Sends webhooks as a provider would: again when it is told to come again.
struct Sender {
    let url: URL

    /// The answer's status.
    func send(_ body: String) async throws -> Int {
        var request = URLRequest(url: url)
        request.httpMethod = "POST"
        request.httpBody = Data(body.utf8)
        request.setValue("application/cloudevents+json", forHTTPHeaderField: "Content-Type")
        let (_, response) = try await URLSession.shared.data(for: request)
        return (response as? HTTPURLResponse)?.statusCode ?? 0
    }

    /// Sends until it is taken, and says how often it was refused.
    func sendUntilTaken(_ body: String) async throws -> Int {
        var refused = 0
        while try await send(body) == 429 {
            refused += 1
            try await Task.sleep(for: .milliseconds(50))
        }
        return refused
    }
}
