import Foundation

// Started by itself, the program is a node.
let arguments = Array(CommandLine.arguments.dropFirst())
if arguments.count == 2 {
    try await ViewNode.run(named: arguments[0], path: arguments[1])
    exit(0)
}

let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bookings-\(UUID())")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
let path = folder.appendingPathComponent("bookings.sqlite").path
let store = try await ViewNode.open(path)
let evening = Evening(store: store)

let (a, b, c) = (try NodeProcess("a", path: path), try NodeProcess("b", path: path), try NodeProcess("c", path: path))
// Whoever comes first has all of them, and gives some away.
try await evening.waitForShares(of: ["a", "b", "c"])
let events = try await evening.book(stopping: a, killing: b)
try await evening.waitForShares(of: ["c"])
try await evening.waitForView(events)
try c.stop()
let (aStopped, bStopped, cStopped) = (await a.end(), await b.end(), await c.end())

// Only now that nobody writes any more.
let agrees = try await evening.viewAgrees()
let isSound = try await evening.ownershipIsSound()
try await store.close()
try FileManager.default.removeItem(at: folder)
exit(aStopped && !bStopped && cStopped && agrees && isSound ? 0 : 1)
