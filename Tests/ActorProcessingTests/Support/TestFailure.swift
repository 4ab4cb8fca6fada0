/// An error for closures to throw.
struct TestFailure: Error, Equatable {
    var number = 0
}
