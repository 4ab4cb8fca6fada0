// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Resequencing",
    dependencies: [.package(name: "millrace", path: "../..")],
    targets: [
        .executableTarget(name: "Resequencing", dependencies: [.product(name: "ActorProcessing", package: "millrace")])
    ]
)
