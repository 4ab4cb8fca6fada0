#if Files

    /// Where a feed's bytes come from.
    public struct FileSource: Sendable, Hashable, CustomStringConvertible {
        enum Kind: Hashable {
            case path(String)
            /// `ahead` has been read of it already.
            case descriptor(Int32, name: String, ahead: [UInt8])
        }

        let kind: Kind

        /// A file, or whatever else has a path: a named pipe is read as standard input is.
        public static func file(_ path: String) -> FileSource { FileSource(kind: .path(path)) }

        /// The process's standard input. It is read once: a reader can go on where the one before it has ended, not behind that.
        public static let standardInput = FileSource(
            kind: .descriptor(0, name: "standard input", ahead: []))

        /// An open descriptor that is read once, as standard input is. It stays open.
        package static func descriptor(_ number: Int32) -> FileSource {
            FileSource(kind: .descriptor(number, name: "descriptor \(number)", ahead: []))
        }

        /// Whether what has been read can't be read again. A file that can't be looked at is said to be missing when it is read.
        var isReadOnce: Bool {
            guard case .path(let path) = kind else { return true }
            guard let status = try? Descriptor.status(of: path) else { return false }
            return !status.isRegular
        }

        /// As it appears in messages.
        public var description: String {
            switch kind {
            case .path(let path): path
            case .descriptor(_, let name, _): name
            }
        }
    }
#endif
