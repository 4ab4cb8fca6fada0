#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// One of the process's standard streams, unbuffered.
struct Terminal {
    static let output = Terminal(descriptor: STDOUT_FILENO)
    static let error = Terminal(descriptor: STDERR_FILENO)

    let descriptor: Int32

    /// Whether somebody sits in front of it.
    var isInteractive: Bool { isatty(descriptor) == 1 }

    /// Whether colours are wanted there; see no-color.org.
    var takesColors: Bool {
        guard isInteractive else { return false }
        guard let wish = unsafe getenv("NO_COLOR") else { return true }
        return unsafe wish.pointee == 0
    }

    func write(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            #if canImport(Glibc)
                let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            #elseif canImport(Musl)
                let count = unsafe bytes.withUnsafeBytes { unsafe Musl.write(descriptor, $0.baseAddress, $0.count) }
            #else
                let count = unsafe bytes.withUnsafeBytes { unsafe Darwin.write(descriptor, $0.baseAddress, $0.count) }
            #endif
            // Nobody reads any more: there is nowhere to say so either.
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }

    static func write(_ text: String) { output.write(text) }

    static func complain(_ text: String) { error.write(text) }
}

/// Marks text for a terminal, if that is wanted.
struct Colors: Sendable {
    let isOn: Bool

    func green(_ text: String) -> String { isOn ? "\u{1B}[32m\(text)\u{1B}[0m" : text }
    func red(_ text: String) -> String { isOn ? "\u{1B}[31m\(text)\u{1B}[0m" : text }
}
