/// Rows in the order of their keys: cheap to extend at the end and to take from the front.
///
/// A removed row leaves a hole, and holes are squeezed out when they are more than half of everything, so that taking
/// rows one after another from the front costs a constant each.
struct OrderedRows<Key: Comparable & Sendable, Row: Sendable>: Sendable {
    private var entries: [(key: Key, row: Row?)] = []
    /// Everything before is a hole. Neither the entry here nor the last one is a hole.
    private var head = 0
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }
    var firstKey: Key? { isEmpty ? nil : entries[head].key }

    func contains(_ key: Key) -> Bool { self[key] != nil }

    /// The row of a key; setting it replaces a row that is there and does nothing else.
    subscript(key: Key) -> Row? {
        get {
            let place = place(of: key)
            return place < entries.count && entries[place].key == key ? entries[place].row : nil
        }
        set {
            let place = place(of: key)
            if place < entries.count, entries[place].key == key, entries[place].row != nil, let newValue {
                entries[place].row = newValue
            }
        }
    }

    /// Adds a row, unless there is one of that key.
    ///
    /// - Returns: whether it was added.
    @discardableResult
    mutating func insert(_ row: Row, at key: Key) -> Bool {
        let place = place(of: key)
        if place < entries.count, entries[place].key == key {
            if entries[place].row != nil { return false }
            entries[place].row = row
        } else {
            entries.insert((key, row), at: place)
        }
        head = Swift.min(head, place)
        count += 1
        return true
    }

    /// Takes a row out.
    ///
    /// - Returns: whether it was there.
    @discardableResult
    mutating func remove(_ key: Key) -> Bool {
        let place = place(of: key)
        guard place < entries.count, entries[place].key == key, entries[place].row != nil else { return false }
        entries[place].row = nil
        count -= 1
        trim()
        return true
    }

    /// Takes all rows with lower keys out.
    mutating func removeAll(below key: Key) {
        let end = place(of: key)
        var place = head
        while place < end {
            if entries[place].row != nil { count -= 1 }
            entries[place].row = nil
            place += 1
        }
        trim()
    }

    /// The rows from a key on, at most `limit`.
    func rows(from key: Key, limit: Int) -> [Row] {
        var found: [Row] = []
        var place = Swift.max(head, place(of: key))
        while place < entries.count, found.count < limit {
            if let row = entries[place].row { found.append(row) }
            place += 1
        }
        return found
    }

    /// The first rows, at most `limit`.
    func prefix(_ limit: Int) -> [Row] {
        firstKey.map { rows(from: $0, limit: limit) } ?? []
    }

    private func place(of key: Key) -> Int {
        if let last = entries.last, last.key < key { return entries.count }
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func trim() {
        while let last = entries.last, last.row == nil { entries.removeLast() }
        while head < entries.count, entries[head].row == nil { head += 1 }
        if count == 0 {
            entries = []
            head = 0
        } else if entries.count > 32, count * 2 < entries.count {
            entries.removeAll { $0.row == nil }
            head = 0
        }
    }
}
