// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "ServiceLifecycleReactor",
    dependencies: [
        .package(name: "millrace", path: "../.."),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.7.0"),
    ],
    targets: [
        .executableTarget(
            name: "ServiceLifecycleReactor",
            dependencies: [
                .product(name: "ActorProcessing", package: "millrace"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "MetricsTestKit", package: "swift-metrics"),
            ])
    ]
)
