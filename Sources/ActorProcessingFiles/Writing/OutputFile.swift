#if Files

    /// A file that is written in large pieces.
    struct OutputFile: ~Copyable {
        private static let pieceBytes = 1 << 16

        private let destination: FileDestination
        private let descriptor: Descriptor
        /// What hasn't been written.
        var text = JSONText()

        init(_ destination: FileDestination) throws(FileFeedError) {
            self.destination = destination
            switch destination {
            case .standardOutput: descriptor = Descriptor(number: 1, isOwned: false)
            case .file(let path):
                do {
                    descriptor = try Descriptor(writing: path, appends: false)
                } catch {
                    throw FileFeedError(
                        .unwritable, path,
                        "it can't be opened for writing, \(error.text): check the directory and who may write it")
                }
            }
        }

        /// Something has been added to the text.
        mutating func added() throws(FileFeedError) {
            if text.bytes.count >= Self.pieceBytes { try flush() }
        }

        mutating func flush() throws(FileFeedError) {
            do {
                try descriptor.write(text.bytes)
            } catch {
                throw FileFeedError(
                    .unwritable, destination.description,
                    "writing failed, \(error.text): make room, or see who reads it, and write it again")
            }
            text.removeAll()
        }

        func problem(_ event: String, _ reason: String) -> FileFeedError {
            FileFeedError(.unwritable, destination.description, "\(event) can't be written: \(reason)")
        }
    }
#endif
