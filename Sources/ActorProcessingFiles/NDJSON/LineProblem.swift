#if Files

    /// A line is no event.
    struct LineProblem: Error {
        let reason: String

        init(_ reason: String) { self.reason = reason }
    }
#endif
