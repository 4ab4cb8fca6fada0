import ActorProcessing
import Sharding
import Supervision
import Testing

@Suite("Rebuilding", .timeLimit(.minutes(10)))
struct RebuildTests {
    private func reactor(
        _ world: World, _ name: String, _ feed: any Feed, _ handler: VersionHandler
    ) -> Reactor {
        Reactor(
            name: name, feed: feed, handler: handler, store: world.store, configuration: .quick,
            runtime: .live(shards: 2))
    }

    private func live(_ world: World, _ handler: VersionHandler) async throws {
        let live = reactor(world, "r", world.feed, handler)
        async let end: Void = live.run()
        try await live.waitUntilCaughtUp()
        try await live.stop()
        try await end
    }

    private func rebuild(_ world: World, _ handler: VersionHandler, as version: String? = nil) -> Rebuild {
        Rebuild(of: "r", as: version ?? "\(handler.version)", feed: world.feed, store: world.store) { name, feed in
            self.reactor(world, name, feed, handler)
        }
    }

    @Test("one version after the other takes its place, once")
    func versions() async throws {
        let world = World()
        for stream in 1...5 { try world.feed.append(Events.range(Events.name(stream), 0..<10)) }
        try await live(world, VersionHandler(version: 1))
        for version in 2...3 {
            let told = Recorder<RebuildProgress>()
            let rebuild = rebuild(world, VersionHandler(version: version))
            for _ in 0..<2 {
                try await rebuild.run(
                    switching: { try InMemoryTransaction.of($0).put("current", key: "version", value: version) },
                    progress: { told.record($0) })
            }
            #expect(told.values.count { $0.phase == .switched } == 1)
            #expect(told.values.last?.fraction == 1)
            #expect(world.store.value(of: "version", in: "current", as: Int.self) == version)
            #expect(try await world.checkpoint() == 50)
            // It goes on where the rebuild has ended.
            try await live(world, VersionHandler(version: version))
            #expect(world.store.view("n\(version)", as: Int.self).values.reduce(0, +) == 50)
            #expect(try await world.store.checkpoints(of: "r~\(version)").isEmpty)
        }
    }

    @Test("what the live version has handled and the new one can't refuses the switch, until it can")
    func parked() async throws {
        let world = World()
        try world.feed.append(Events.range(Events.stream, 0..<5))
        try await live(world, VersionHandler(version: 1))
        // All of these events hold that byte.
        let broken = rebuild(world, VersionHandler(version: 2, poison: 7))
        let error = await #expect(throws: RebuildError.self) { try await broken.run() }
        #expect(error?.code == .parked && error?.streams == [Events.stream])
        #expect(world.store.view("v1", as: UInt64.self).count == 1)
        try await live(world, VersionHandler(version: 1))
        try await rebuild(world, VersionHandler(version: 2)).run()
        #expect(world.store.value(of: Events.stream.value, in: "n2", as: Int.self) == 5)
    }

    @Test func whatMakesNoSenseIsRefused() async throws {
        let world = World()
        for version in ["", "a~b", "a/b"] {
            let error = await #expect(throws: RebuildError.self) {
                try await rebuild(world, VersionHandler(version: 2), as: version).run()
            }
            #expect(error?.code == .invalidVersion)
        }
        let misnamed = Rebuild(of: "r", as: "2", feed: world.feed, store: world.store) { _, feed in
            self.reactor(world, "other", feed, VersionHandler(version: 2))
        }
        let error = await #expect(throws: RebuildError.self) { try await misnamed.run() }
        #expect(error?.code == .wrongReactor)
    }
}
