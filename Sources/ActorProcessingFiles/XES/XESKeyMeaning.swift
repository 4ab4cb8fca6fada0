#if Files

    /// What the key of an attribute means in a log.
    struct XESKeyMeaning {
        /// What it means here.
        var meaning: XESKeys.Meaning?
        /// Which of the globals it is.
        var global: Int?
    }
#endif
