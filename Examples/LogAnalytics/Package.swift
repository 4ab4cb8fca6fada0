// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "LogAnalytics",
    dependencies: [.package(name: "millrace", path: "../..")],
    targets: [
        .executableTarget(
            name: "LogAnalytics",
            dependencies: [
                .product(name: "ActorProcessing", package: "millrace"),
                .product(name: "ActorProcessingFiles", package: "millrace"),
            ])
    ]
)
