/// Several sources are read, and several feeds asked for more of them, until the first has an answer.
struct MergeRace {
    enum Find: Sendable {
        case reading(Int, FeedReading)
        case partitions(String, [PartitionID]?)

        /// The source that it comes from.
        var number: Int? { if case .reading(let number, _) = self { number } else { nil } }
    }

    private var runners: [@Sendable (ReadLimit) async throws -> Find] = []

    /// A source takes part.
    mutating func add(_ number: Int, _ reader: any PartitionReader) {
        runners.append { .reading(number, try await reader.next(upTo: $0)) }
    }

    /// A feed is asked for partitions.
    mutating func add(_ part: any Feed, beyond known: Set<PartitionID>) {
        runners.append { _ in .partitions(part.name, try await part.partitions(beyond: known)) }
    }

    /// Runs until the first has come in, and cancels the others.
    ///
    /// - Returns: what the first has found, and what others have found all the same. The others' readers are lost.
    /// - Throws: the first one's error. That of another one will come again.
    func run(_ limit: ReadLimit) async throws -> [Find] {
        let results = await withTaskGroup(of: Result<Find, any Error>.self) { group in
            for runner in runners {
                group.addTask {
                    do { return .success(try await runner(limit)) } catch { return .failure(error) }
                }
            }
            var results: [Result<Find, any Error>] = []
            for await result in group {
                results.append(result)
                group.cancelAll()
            }
            return results
        }
        guard let first = results.first else { return [] }
        return try [first.get()] + results.dropFirst().compactMap { try? $0.get() }
    }
}
