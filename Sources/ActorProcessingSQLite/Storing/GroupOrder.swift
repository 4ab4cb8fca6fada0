#if SQLite
    import ActorProcessing

    /// The orders in which a group's outcomes find neighbours on the same pages of the file.
    struct GroupOrder {
        /// Places in the group: those of streams that have a row by its number, then the others by name, as in the index.
        let byRow: [Int]
        /// Places in the group by the streams' names, as far as their first bytes tell them apart.
        let byName: [Int]

        private struct Key {
            var value: UInt64
            var place: Int
        }

        init(_ group: OutcomeGroup, _ places: Range<Int>) {
            let rows = group.rows
            byName = Self.sorted(Self.nameKeys(group, rows, places))
            var known: [Key] = []
            known.reserveCapacity(places.count)
            for place in places where rows[place].hasRow {
                known.append(Key(value: UInt64(rows[place].handle.value), place: place))
            }
            let numbered = Self.sorted(known)
            byRow = numbered.count == places.count ? numbered : numbered + byName.filter { !rows[$0].hasRow }
        }

        private static func sorted(_ keys: [Key]) -> [Int] {
            keys.sorted { $0.value < $1.value }.map(\.place)
        }

        /// Eight bytes of each name, behind what all of them begin with.
        private static func nameKeys(_ group: OutcomeGroup, _ rows: [OutcomeGroup.Row], _ places: Range<Int>) -> [Key] {
            guard let first = places.first else { return [] }
            let model = unsafe group.withName(of: rows[first]) { unsafe [UInt8]($0) }
            var common = model.count
            for place in places where common > 0 {
                unsafe group.withName(of: rows[place]) { name in
                    var same = 0
                    while unsafe same < min(common, name.count) && name[same] == model[same] { same += 1 }
                    common = same
                }
            }
            return places.map { place in
                unsafe group.withName(of: rows[place]) { name in
                    var value: UInt64 = 0
                    for offset in common..<common + 8 {
                        value = unsafe value << 8 | (offset < name.count ? UInt64(name[offset]) : 0)
                    }
                    return Key(value: value, place: place)
                }
            }
        }
    }

    extension OutcomeGroup.Row {
        /// Whether its stream has a row already, as far as the group says.
        fileprivate var hasRow: Bool { handle != .none && expected != .none }
    }
#endif
