/// A queue in one block of memory: appended at the back, removed at the front, read at any offset.
///
/// All operations are amortised O(1). It doubles when full and halves when three quarters are free, so a burst's
/// memory is given back. What is removed is released at once.
package struct RingBuffer<Element> {
    private static var minimumCapacity: Int { 16 }

    private var storage: [Element?] = []
    private var head = 0

    /// The number of elements.
    package private(set) var count = 0

    package init() {}

    /// Whether there are no elements.
    package var isEmpty: Bool { count == 0 }

    /// The number of elements that there is memory for.
    package var capacity: Int { storage.count }

    /// The first element, which the next ``removeFirst()`` returns.
    package var first: Element? { isEmpty ? nil : self[0] }

    /// The last element appended.
    package var last: Element? { isEmpty ? nil : self[count - 1] }

    /// The element at an offset from the front.
    package subscript(offset: Int) -> Element {
        get {
            precondition(offset >= 0 && offset < count, "Offset outside the ring")
            guard let element = storage[place(offset)] else { preconditionFailure("A hole in the ring") }
            return element
        }
        _modify {
            precondition(offset >= 0 && offset < count, "Offset outside the ring")
            yield &storage[place(offset)]!
        }
    }

    /// Adds an element at the back.
    package mutating func append(_ element: Element) {
        if count == storage.count { resize(to: max(Self.minimumCapacity, count * 2)) }
        storage[place(count)] = element
        count += 1
    }

    /// Removes the element at the front, which must exist.
    @discardableResult
    package mutating func removeFirst() -> Element {
        precondition(count > 0, "Nothing to remove from the ring")
        guard let element = storage[head].take() else { preconditionFailure("A hole in the ring") }
        head = place(1)
        count -= 1
        if storage.count > Self.minimumCapacity && count <= storage.count / 4 { resize(to: storage.count / 2) }
        return element
    }

    /// Removes the element at the front, if there is one.
    package mutating func popFirst() -> Element? {
        isEmpty ? nil : removeFirst()
    }

    private func place(_ offset: Int) -> Int {
        let place = head + offset
        return place < storage.count ? place : place - storage.count
    }

    private mutating func resize(to capacity: Int) {
        var resized: [Element?] = []
        resized.reserveCapacity(capacity)
        for offset in 0..<count { resized.append(storage[place(offset)].take()) }
        resized.append(contentsOf: repeatElement(nil, count: capacity - count))
        storage = resized
        head = 0
    }
}

extension RingBuffer: Sendable where Element: Sendable {}
