#if Files
    import Synchronization

    /// All sequences of activities that cases have gone through, each a node: a case keeps a number, whatever its length.
    final class VariantTree: Sendable {
        private struct Edge: Hashable {
            var parent: Int32
            var activity: UInt32
        }

        private struct State {
            var children: [Edge: Int32] = [:]
            var edges: [Int32: Edge] = [:]
            var next: Int32 = 0

            mutating func add(_ edge: Edge, as node: Int32) {
                children[edge] = node
                edges[node] = edge
                next = max(next, node + 1)
            }
        }

        /// One step to a node.
        struct Step: Sendable, Hashable {
            var node: Int32
            var parent: Int32
            var activity: UInt32
        }

        /// The node of a case without events.
        static let root: Int32 = -1

        private let state = Mutex(State())

        /// The node that activities lead to from another one. Asked again, it is the same.
        func node(from start: Int32, by activities: [UInt32]) -> Int32 {
            way(from: start, by: activities).last?.node ?? start
        }

        /// The steps that activities take from a node. Asked again, they are the same.
        func way(from start: Int32, by activities: [UInt32]) -> [Step] {
            state.withLock { state in
                var node = start
                return activities.map { activity in
                    let edge = Edge(parent: node, activity: activity)
                    if let child = state.children[edge] {
                        node = child
                    } else {
                        node = state.next
                        state.add(edge, as: node)
                    }
                    return Step(node: node, parent: edge.parent, activity: activity)
                }
            }
        }

        /// Takes up a step that is known from before.
        func restore(_ node: Int32, from parent: Int32, by activity: UInt32) {
            state.withLock { $0.add(Edge(parent: parent, activity: activity), as: node) }
        }

        /// The activities on the way to a node.
        func activities(to node: Int32) -> [UInt32] {
            state.withLock { state in
                var activities: [UInt32] = []
                var node = node
                while node != Self.root, let edge = state.edges[node] {
                    activities.append(edge.activity)
                    node = edge.parent
                }
                return activities.reversed()
            }
        }
    }
#endif
