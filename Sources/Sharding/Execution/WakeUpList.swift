/// The wake-ups of those who wait for one thing. Add under the owner's lock, wake outside of it.
package struct WakeUpList: Sendable {
    private var list: [WakeUp] = []

    package init() {}

    package mutating func add(_ wakeUp: WakeUp) { list.append(wakeUp) }

    package mutating func takeAll() -> WakeUpList {
        defer { list.removeAll() }
        return self
    }

    package func wake() { for wakeUp in list { wakeUp.wake() } }
}
