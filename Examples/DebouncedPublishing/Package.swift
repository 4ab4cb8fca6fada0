// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "DebouncedPublishing",
    dependencies: [.package(name: "millrace", path: "../..")],
    targets: [
        .executableTarget(
            name: "DebouncedPublishing", dependencies: [.product(name: "ActorProcessing", package: "millrace")])
    ]
)
