import Supervision
import Testing

@testable import ActorProcessing

@Suite struct OrderedRowsTests {
    @Test(arguments: [UInt64](1...40))
    func behavesLikeASortedDictionary(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var rows = OrderedRows<Int, String>()
        var model: [Int: String] = [:]
        for step in 0..<1500 {
            // The window of keys moves on, as tickets and indices do.
            let key = step / 8 + Int.random(in: 0..<60, using: &random)
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<5:
                #expect(rows.insert("\(step)", at: key) == (model[key] == nil))
                if model[key] == nil { model[key] = "\(step)" }
            case 5..<8:
                #expect(rows.remove(key) == (model.removeValue(forKey: key) != nil))
            case 8:
                rows[key] = "changed \(step)"
                if model[key] != nil { model[key] = "changed \(step)" }
            default:
                if step.isMultiple(of: 7) {
                    rows.removeAll(below: key)
                    model = model.filter { $0.key >= key }
                }
            }
            let sorted = model.keys.sorted()
            #expect(rows.count == model.count)
            #expect(rows.firstKey == sorted.first)
            #expect(rows.contains(key) == (model[key] != nil))
            let limit = Int.random(in: 0..<10, using: &random)
            #expect(rows.rows(from: key, limit: limit) == sorted.filter { $0 >= key }.prefix(limit).map { model[$0]! })
            #expect(rows.prefix(limit) == sorted.prefix(limit).map { model[$0]! })
        }
    }
}
