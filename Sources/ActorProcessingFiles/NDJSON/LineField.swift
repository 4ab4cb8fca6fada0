#if Files

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// The fields of a line that mean something here; all others are attributes.
    enum LineField: Int, CaseIterable {
        case specversion, stream, index, type, data, dataBase64, time, id, metadata, sequence
        /// As the plain form spells them.
        case plainCorrelation, plainCausation
        /// As extensions of a CloudEvent are spelt.
        case correlation, causation

        var name: StaticString {
            switch self {
            case .specversion: "specversion"
            case .stream: "stream"
            case .index: "index"
            case .type: "type"
            case .data: "data"
            case .dataBase64: "data_base64"
            case .time: "time"
            case .id: "id"
            case .metadata: "metadata"
            case .sequence: "sequence"
            case .plainCorrelation: "correlationId"
            case .plainCausation: "causationId"
            case .correlation: "correlationid"
            case .causation: "causationid"
            }
        }

        /// Whether it is a field of the plain form.
        var isPlain: Bool {
            switch self {
            case .specversion, .sequence, .correlation, .causation: false
            default: true
            }
        }

        /// Whether it means something in a CloudEvent; there, others are attributes like any.
        var isOfCloudEvent: Bool {
            switch self {
            case .stream, .index, .metadata, .plainCorrelation, .plainCausation: false
            default: true
            }
        }

        @inline(__always)
        init?(_ name: UnsafeRawBufferPointer) {
            let candidate: LineField
            switch name.count {
            case 2: candidate = .id
            case 4:
                candidate =
                    unsafe name[0] == UInt8(ascii: "d") ? .data : unsafe name[1] == UInt8(ascii: "y") ? .type : .time
            case 5: candidate = .index
            case 6: candidate = .stream
            case 8: candidate = unsafe name[0] == UInt8(ascii: "m") ? .metadata : .sequence
            case 11:
                switch unsafe (name[0], name[9]) {
                case (UInt8(ascii: "s"), _): candidate = .specversion
                case (UInt8(ascii: "d"), _): candidate = .dataBase64
                case (_, UInt8(ascii: "I")): candidate = .plainCausation
                default: candidate = .causation
                }
            case 13: candidate = unsafe name[11] == UInt8(ascii: "I") ? .plainCorrelation : .correlation
            default: return nil
            }
            guard unsafe memcmp(name.baseAddress!, candidate.name.utf8Start, name.count) == 0 else { return nil }
            self = candidate
        }
    }
#endif
