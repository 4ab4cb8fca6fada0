#if Files

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// The elements of an event log that mean something.
    enum XESElement: Hashable {
        case log, trace, event, global, classifier, `extension`, values
        case attribute(XESAttributeKind)
        case unknown

        init(_ name: UnsafePointer<UInt8>) {
            let length = unsafe strlen(UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self))
            func named(_ text: StaticString, _ element: XESElement) -> XESElement {
                unsafe length == text.utf8CodeUnitCount && memcmp(name, text.utf8Start, length) == 0
                    ? element : .unknown
            }
            switch unsafe (name[0], length) {
            case (UInt8(ascii: "s"), _): self = named("string", .attribute(.string))
            case (UInt8(ascii: "d"), _): self = named("date", .attribute(.date))
            case (UInt8(ascii: "e"), 5): self = named("event", .event)
            case (UInt8(ascii: "e"), _): self = named("extension", .extension)
            case (UInt8(ascii: "i"), 3): self = named("int", .attribute(.int))
            case (UInt8(ascii: "i"), _): self = named("id", .attribute(.id))
            case (UInt8(ascii: "f"), _): self = named("float", .attribute(.float))
            case (UInt8(ascii: "b"), _): self = named("boolean", .attribute(.boolean))
            case (UInt8(ascii: "t"), _): self = named("trace", .trace)
            case (UInt8(ascii: "l"), 3): self = named("log", .log)
            case (UInt8(ascii: "l"), _): self = named("list", .attribute(.list))
            case (UInt8(ascii: "c"), 9): self = named("container", .attribute(.container))
            case (UInt8(ascii: "c"), _): self = named("classifier", .classifier)
            case (UInt8(ascii: "g"), _): self = named("global", .global)
            case (UInt8(ascii: "v"), _): self = named("values", .values)
            default: self = .unknown
            }
        }
    }

    /// The types of attributes.
    enum XESAttributeKind: Hashable {
        case string, date, int, float, boolean, id, list, container
    }
#endif
