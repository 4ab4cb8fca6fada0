// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .strictMemorySafety(),
]

let package = Package(
    name: "millrace",
    products: [
        .library(name: "Supervision", targets: ["Supervision"]),
        .library(name: "Sharding", targets: ["Sharding"]),
        .library(name: "ActorProcessing", targets: ["ActorProcessing"]),
        .library(name: "ActorProcessingTesting", targets: ["ActorProcessingTesting"]),
        .executable(name: "demo-reactor", targets: ["demo-reactor"]),
        .executable(name: "bench-reactor", targets: ["bench-reactor"]),
    ],
    dependencies: [],
    targets: [
        .target(name: "Supervision", swiftSettings: settings),
        .target(name: "Sharding", dependencies: ["Supervision"], swiftSettings: settings),
        .target(name: "ActorProcessing", dependencies: ["Supervision", "Sharding"], swiftSettings: settings),
        .target(name: "CMillraceTesting"),
        .target(
            name: "ActorProcessingTesting",
            dependencies: ["CMillraceTesting", "Supervision", "Sharding", "ActorProcessing"],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "demo-reactor",
            dependencies: ["Supervision", "Sharding", "ActorProcessing"],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "bench-reactor",
            dependencies: ["Supervision", "Sharding", "ActorProcessing"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "SupervisionTests",
            dependencies: ["Supervision"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ShardingTests",
            dependencies: ["Supervision", "Sharding"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ActorProcessingTests",
            dependencies: ["Supervision", "Sharding", "ActorProcessing", "ActorProcessingTesting"],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "simulation-probe",
            dependencies: ["Supervision", "Sharding", "ActorProcessingTesting"],
            path: "Tests/simulation-probe",
            swiftSettings: settings
        ),
        .testTarget(
            name: "ActorProcessingTestingTests",
            dependencies: ["Supervision", "Sharding", "ActorProcessing", "ActorProcessingTesting", "simulation-probe"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "DemoReactorTests",
            dependencies: ["Supervision", "ActorProcessing", "demo-reactor"],
            swiftSettings: settings
        ),
    ]
)
