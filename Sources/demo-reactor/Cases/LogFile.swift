#if Files
    import ActorProcessing
    import ActorProcessingFiles

    /// A log, and how it is to be read.
    struct LogFile: Sendable {
        let feed: any Feed
        let progress: @Sendable () -> FileProgress

        /// - Throws: ``UsageError`` when it can't be told how it is written, ``FileFeedError`` when it can't be read.
        init(_ options: CaseOptions) async throws {
            let given = options.file == "-" ? FileSource.standardInput : .file(options.file)
            let (source, first) = try await given.lookingAhead()
            guard first.starts(with: [0x1F, 0x8B]) == false else {
                throw UsageError("'\(source)' is compressed: unpack it first, as in 'zcat FILE | demo-reactor cases -'")
            }
            var badInput = BadInputConfiguration()
            badInput.isStrict = options.isStrict
            badInput.rejectsFile = options.rejects
            switch options.format ?? Self.format(name: options.file, first: first) {
            case .xes:
                var configuration = XESConfiguration()
                configuration.badInput = badInput
                let feed = XESFeed(source, configuration: configuration)
                self.feed = feed
                progress = { feed.progress }
            case .ndjson:
                var configuration = NDJSONConfiguration()
                configuration.badInput = badInput
                let feed = NDJSONFeed(source, configuration: configuration)
                self.feed = feed
                progress = { feed.progress }
            }
        }

        /// What a file's name says, or else whether it begins as XML does.
        static func format(name: String, first: [UInt8]) -> CaseOptions.Format {
            switch name.split(separator: ".").last?.lowercased() {
            case "xes", "xml": return .xes
            case "ndjson", "jsonl", "json": return .ndjson
            default:
                // Behind a byte order mark, or in two bytes for each character.
                return first.contains(UInt8(ascii: "<")) || first.starts(with: [0xFE, 0xFF])
                    || first.starts(with: [0xFF, 0xFE])
                    ? .xes : .ndjson
            }
        }
    }
#endif
