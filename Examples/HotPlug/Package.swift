// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "HotPlug",
    dependencies: [.package(name: "millrace", path: "../..")],
    targets: [
        .executableTarget(
            name: "HotPlug",
            dependencies: [
                .product(name: "ActorProcessing", package: "millrace"),
                .product(name: "Sharding", package: "millrace"),
            ])
    ]
)
