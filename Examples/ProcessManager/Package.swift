// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "ProcessManager",
    dependencies: [.package(name: "millrace", path: "../..")],
    targets: [
        .executableTarget(
            name: "ProcessManager",
            dependencies: [
                .product(name: "ActorProcessing", package: "millrace"),
                .product(name: "Supervision", package: "millrace"),
            ])
    ]
)
