#if Files
    import Synchronization

    /// Where a reading thread brings what is no event: counted, reported, kept, or the end of the reading.
    struct RejectDesk {
        /// How many are told on standard error, if nobody else is told.
        private static let printed = 20
        /// How much of a bad piece is kept.
        static let kept = 1 << 16

        private let source: FileSource
        private let configuration: BadInputConfiguration
        private let counters: FileCounters
        private let file: Descriptor?
        private var count = 0

        init(
            _ source: FileSource, _ configuration: BadInputConfiguration, _ counters: FileCounters, isResumed: Bool
        ) throws(FileFeedError) {
            self.source = source
            self.configuration = configuration
            self.counters = counters
            guard let path = configuration.rejectsFile else {
                file = nil
                return
            }
            do {
                file = try Descriptor(writing: path, appends: isResumed)
            } catch {
                throw FileFeedError(
                    .unwritable, path, "the rejects file can't be opened, \(error.text): choose another place for it")
            }
        }

        /// - Throws: an error of code ``FileFeedError/Code/malformed`` when the feed is strict.
        mutating func rejected(
            line: Int64, position: Int64, reason: String, text: UnsafeRawBufferPointer, isCut: Bool = false
        ) throws(FileFeedError) {
            let kept = unsafe UnsafeRawBufferPointer(rebasing: text.prefix(Self.kept))
            let input = unsafe RejectedInput(
                source: source.description, line: line, position: position, reason: reason, text: [UInt8](kept),
                isCut: isCut || kept.count < text.count)
            counters.rejected.add(1, ordering: .relaxed)
            count += 1
            try keep(input)
            if configuration.isStrict {
                throw FileFeedError(
                    .malformed, source.description, line: line,
                    "\(reason). Mend it, or don't read strictly, to pass over what is bad")
            }
            if let report = configuration.report {
                report(input)
            } else if count <= Self.printed {
                let hint = count == Self.printed ? " (further ones are only counted)" : ""
                try Self.print("\(input)\(hint)\n")
            }
        }

        private func keep(_ input: RejectedInput) throws(FileFeedError) {
            guard let file, let path = configuration.rejectsFile else { return }
            do {
                try file.write(input.json)
            } catch {
                throw FileFeedError(
                    .unwritable, path,
                    "the rejects file can't be written, \(error.text): make room, or choose another place")
            }
        }

        private static func print(_ text: String) throws(FileFeedError) {
            do {
                try Descriptor(number: 2, isOwned: false).write(Array(text.utf8))
            } catch {
                throw FileFeedError(
                    .unwritable, "standard error", "bad input can't be reported, \(error.text): set `report`")
            }
        }
    }

    extension RejectedInput {
        /// As it stands in a rejects file.
        var json: [UInt8] {
            var line = JSONText()
            line.raw("{\"file\":")
            line.string(source)
            line.raw(",\"line\":\(self.line),\"position\":\(position),\"reason\":")
            line.string(reason)
            if isCut { line.raw(",\"cut\":true") }
            if let text = String(validating: text, as: UTF8.self) {
                line.raw(",\"text\":")
                line.string(text)
            } else {
                line.raw(",\"base64\":")
                line.string(Base64.encode(text))
            }
            line.raw("}\n")
            return line.bytes
        }
    }
#endif
