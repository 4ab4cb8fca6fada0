import Sharding
import Supervision
import Testing

@Suite struct KeyTableTests {
    /// How keys' hashes are made: from all different to all the same.
    enum Hashing: CaseIterable {
        case stable, fewBuckets, sameLowBits, same

        func hash(_ key: String) -> UInt64 {
            let hash = StableHash.hash(key)
            switch self {
            case .stable: return hash
            case .fewBuckets: return hash & 7
            case .sameLowBits: return hash << 32 | 63
            case .same: return 42
            }
        }
    }

    @Test(arguments: Hashing.allCases, [UInt64](1...12))
    func behavesLikeADictionary(_ hashing: Hashing, seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var model: [String: (id: KeyTable.ID, word: UInt64)] = [:]
        var table = KeyTable(minimumCapacity: Int.random(in: 0...200, using: &random))
        let keys = (0..<400).map { number in
            String(repeating: "k", count: Int.random(in: 0...90, using: &random)) + "\(number)"
        }
        for step in 0..<4000 {
            // Swings between growing and shrinking, so that runs of buckets come and go.
            let isGrowing = (step / 500).isMultiple(of: 2)
            let key = keys[Int.random(in: 0..<keys.count, using: &random)]
            let isRemoval = Int.random(in: 0..<10, using: &random) < (isGrowing ? 2 : 7)
            if let known = model[key] {
                if isRemoval {
                    table.remove(known.id)
                    model[key] = nil
                } else {
                    model[key]!.word = random.next()
                    known.id.word = model[key]!.word
                }
            } else if !isRemoval {
                let word = random.next()
                let id = insert(key, into: &table, hash: hashing.hash(key), word: word)
                model[key] = (id, word)
                id.tag = UInt32(truncatingIfNeeded: word)
            }
            #expect(table.count == model.count)
            if step % 100 == 99 { expect(table, equals: model, of: keys, hashing) }
        }
        #expect(Set(model.values.map(\.id)).count == model.count)
    }

    @Test func growsAndKeepsEverything() {
        var table = KeyTable()
        let keys = (0..<20_000).map { "Order-\($0)" }
        var ids: [KeyTable.ID] = []
        for (number, key) in keys.enumerated() {
            ids.append(insert(key, into: &table, hash: StableHash.hash(key), word: UInt64(number)))
        }
        for (number, key) in keys.enumerated() {
            let id = find(key, in: table, hash: StableHash.hash(key))
            #expect(id == ids[number])
            #expect(ids[number].word == UInt64(number))
        }
    }

    @Test func numbersOfRemovedKeysAreUsedAgain() {
        var table = KeyTable()
        let first = insert("a", into: &table, hash: 1, word: 0)
        first.tag = 7
        table.remove(first)
        #expect(find("a", in: table, hash: 1) == nil)
        let second = insert("b", into: &table, hash: 1, word: 0)
        #expect(second == first)
        #expect(second.tag == 0)
    }

    @Test(arguments: [0, 1, 7, 8, 9, 39, 40, 41, 48, 1000])
    func keysDifferInTheirLastByteOrLength(_ length: Int) {
        var table = KeyTable()
        let base = String(repeating: "x", count: length)
        let keys = [base, base + "a", base + "b", base + "a\u{0}"]
        let ids = keys.map { insert($0, into: &table, hash: 5, word: 0) }
        #expect(keys.map { find($0, in: table, hash: 5) } == ids)
        #expect(find(base + "c", in: table, hash: 5) == nil)
        #expect(find(base, in: table, hash: 6) == nil)
        #expect(unsafe Array(ids[1].bytes) == Array((base + "a").utf8))
    }

    private func expect(
        _ table: borrowing KeyTable, equals model: [String: (id: KeyTable.ID, word: UInt64)], of keys: [String],
        _ hashing: Hashing
    ) {
        for key in keys {
            let id = find(key, in: table, hash: hashing.hash(key))
            #expect(id == model[key]?.id)
            guard let id, let known = model[key] else { continue }
            let (word, hash) = (id.word, id.hash)
            #expect(word == known.word)
            #expect(hash == hashing.hash(key))
            #expect(unsafe String(decoding: id.bytes, as: UTF8.self) == key)
        }
    }

    private func insert(_ key: String, into table: inout KeyTable, hash: UInt64, word: UInt64) -> KeyTable.ID {
        var bytes = Array(key.utf8)
        bytes.reserveCapacity(1)
        return unsafe bytes.withUnsafeBytes { bytes in
            unsafe table.insert(bytes.baseAddress!, length: bytes.count, hash: hash, word: word)
        }
    }

    private func find(_ key: String, in table: borrowing KeyTable, hash: UInt64) -> KeyTable.ID? {
        var bytes = Array(key.utf8)
        bytes.reserveCapacity(1)
        var found: KeyTable.ID?
        unsafe bytes.withUnsafeBytes { bytes in
            unsafe found = table.find(bytes.baseAddress!, length: bytes.count, hash: hash)
        }
        return found
    }
}
