// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "StreamMachine",
    dependencies: [.package(name: "millrace", path: "../..")],
    targets: [
        .executableTarget(name: "StreamMachine", dependencies: [.product(name: "ActorProcessing", package: "millrace")])
    ]
)
