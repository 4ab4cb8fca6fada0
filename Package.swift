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
        .library(name: "ActorProcessingFiles", targets: ["ActorProcessingFiles"]),
        .library(name: "ActorProcessingSQLite", targets: ["ActorProcessingSQLite"]),
        .library(name: "ActorProcessingTesting", targets: ["ActorProcessingTesting"]),
        .executable(name: "demo-reactor", targets: ["demo-reactor"]),
        .executable(name: "bench-reactor", targets: ["bench-reactor"]),
    ],
    traits: [
        .trait(name: "Files", description: "Feeds that read NDJSON and XES files; needs simdjson and libxml2."),
        .trait(name: "SQLite", description: "The embedded store and journal in a file; needs SQLite 3.35 or newer."),
        .default(enabledTraits: ["Files", "SQLite"]),
    ],
    dependencies: [],
    targets: [
        .target(name: "Supervision", swiftSettings: settings),
        .target(name: "Sharding", dependencies: ["Supervision"], swiftSettings: settings),
        .target(name: "ActorProcessing", dependencies: ["Supervision", "Sharding"], swiftSettings: settings),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .target(
            name: "CMillraceJSON",
            cxxSettings: [.define("MILLRACE_FILES", .when(traits: ["Files"]))],
            linkerSettings: [.linkedLibrary("simdjson", .when(traits: ["Files"]))]
        ),
        .target(
            name: "ActorProcessingFiles",
            dependencies: [
                "Supervision", "Sharding", "ActorProcessing",
                .target(name: "CMillraceJSON", condition: .when(traits: ["Files"])),
                .target(name: "CLibXML2", condition: .when(traits: ["Files"])),
            ],
            swiftSettings: settings
        ),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(
            name: "ActorProcessingSQLite",
            dependencies: [
                "Supervision", "Sharding", "ActorProcessing",
                .target(name: "CSQLite", condition: .when(traits: ["SQLite"])),
            ],
            swiftSettings: settings
        ),
        .target(name: "CMillraceTesting"),
        .target(
            name: "ActorProcessingTesting",
            dependencies: ["CMillraceTesting", "Supervision", "Sharding", "ActorProcessing"],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "demo-reactor",
            dependencies: [
                "Supervision", "Sharding", "ActorProcessing",
                .target(name: "ActorProcessingFiles", condition: .when(traits: ["Files"])),
                .target(name: "ActorProcessingSQLite", condition: .when(traits: ["SQLite"])),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "bench-reactor",
            dependencies: [
                "Supervision", "Sharding", "ActorProcessing",
                .target(name: "ActorProcessingFiles", condition: .when(traits: ["Files"])),
                .target(name: "ActorProcessingSQLite", condition: .when(traits: ["SQLite"])),
                .target(name: "CSQLite", condition: .when(traits: ["SQLite"])),
            ],
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
        .testTarget(
            name: "ActorProcessingFilesTests",
            dependencies: [
                "Supervision", "Sharding", "ActorProcessing", "ActorProcessingTesting", "ActorProcessingFiles",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ActorProcessingSQLiteTests",
            dependencies: [
                "Supervision", "Sharding", "ActorProcessing", "ActorProcessingTesting", "ActorProcessingSQLite",
                "crash-probe",
                .target(name: "CSQLite", condition: .when(traits: ["SQLite"])),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "crash-probe",
            dependencies: [
                "Supervision", "Sharding", "ActorProcessing", "ActorProcessingTesting",
                .target(name: "ActorProcessingSQLite", condition: .when(traits: ["SQLite"])),
            ],
            path: "Tests/crash-probe",
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
            dependencies: [
                "Supervision", "Sharding", "ActorProcessing", "demo-reactor",
                .target(name: "ActorProcessingFiles", condition: .when(traits: ["Files"])),
                .target(name: "ActorProcessingSQLite", condition: .when(traits: ["SQLite"])),
            ],
            swiftSettings: settings
        ),
    ],
    cxxLanguageStandard: .cxx17
)

// Fuzzers have no main function of their own: scripts/fuzz.sh builds them with one.
if Context.environment["MILLRACE_FUZZING"] != nil {
    package.targets += ["fuzz-ndjson", "fuzz-xes"].map { name in
        .executableTarget(
            name: name, dependencies: ["ActorProcessing", "ActorProcessingFiles"], path: "Fuzzing/\(name)",
            swiftSettings: settings)
    }
}
