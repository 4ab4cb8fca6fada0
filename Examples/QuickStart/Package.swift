// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "QuickStart",
    dependencies: [.package(name: "millrace", path: "../..")],
    targets: [
        .executableTarget(name: "QuickStart", dependencies: [.product(name: "ActorProcessing", package: "millrace")])
    ]
)
