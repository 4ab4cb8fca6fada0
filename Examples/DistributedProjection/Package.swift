// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "DistributedProjection",
    dependencies: [.package(name: "millrace", path: "../..")],
    targets: [
        .executableTarget(
            name: "DistributedProjection",
            dependencies: [
                .product(name: "ActorProcessing", package: "millrace"),
                .product(name: "ActorProcessingSQLite", package: "millrace"),
                .product(name: "Sharding", package: "millrace"),
                .product(name: "Supervision", package: "millrace"),
            ])
    ]
)
