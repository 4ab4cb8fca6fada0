import ActorProcessing
import Sharding
import Supervision
import Testing

@Suite("Stream names", .tags(.machine), .timeLimit(.minutes(10)))
struct StreamNameTests {
    @Test(arguments: [
        ("Order-4711", "Order", "4711"), ("Order-a-b", "Order", "a-b"), ("a--", "a", "-"), ("Größe-ß", "Größe", "ß"),
        ("🛒-é", "🛒", "é"), ("C-1 2", "C", "1 2"),
    ])
    func haveACategoryAndAnID(_ text: String, _ category: String, _ id: String) throws {
        let name = try StreamName(text)
        #expect(name.category == category)
        #expect(name.id == id)
        #expect(name == StreamName(category: category, id: id))
        #expect(name.description == text)
        #expect(name.stableHash == StableHash.hash(text))
    }

    @Test(arguments: ["", "-", "Order", "Order-", "-1", "--"])
    func othersAreDataErrors(_ text: String) {
        let error = #expect(throws: EventError.self) { try StreamName(text) }
        #expect(error?.code == .invalidStreamName)
        #expect(error?.errorClass == .permanent)
    }

    /// A dash that a combining mark follows is no character of its own, but it is a dash.
    @Test func dashesAreBytes() throws {
        let name = try StreamName("Order-\u{301}x")
        #expect(String(name.category) == "Order")
        #expect(Array(name.id.utf8) == Array("\u{301}x".utf8))
    }

    @Test func namesAreComparedByteForByte() throws {
        let (composed, decomposed) = (try StreamName("Order-\u{e9}"), try StreamName("Order-e\u{301}"))
        #expect(composed.stableHash != decomposed.stableHash)
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
        #expect((composed < decomposed) != (decomposed < composed))
    }
}
