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
            var edges: [Edge] = []
        }

        /// The node of a case without events.
        static let root: Int32 = -1

        private let state = Mutex(State())

        /// The node that activities lead to from another one. Asked again, it is the same.
        func node(from start: Int32, by activities: [UInt32]) -> Int32 {
            state.withLock { state in
                var node = start
                for activity in activities {
                    let edge = Edge(parent: node, activity: activity)
                    if let child = state.children[edge] {
                        node = child
                    } else {
                        node = Int32(state.edges.count)
                        state.edges.append(edge)
                        state.children[edge] = node
                    }
                }
                return node
            }
        }

        /// The activities on the way to a node.
        func activities(to node: Int32) -> [UInt32] {
            state.withLock { state in
                var activities: [UInt32] = []
                var node = node
                while node != Self.root {
                    let edge = state.edges[Int(node)]
                    activities.append(edge.activity)
                    node = edge.parent
                }
                return activities.reversed()
            }
        }
    }
#endif
