import Supervision
import Testing

@Suite("ErrorClass")
struct ErrorClassTests {
    private struct Plain: Error {}

    @Test("An error that says its class is believed", arguments: ErrorClass.allCases)
    func classified(errorClass: ErrorClass) {
        #expect(ErrorClass(classifying: TestError(errorClass: errorClass)) == errorClass)
    }

    @Test("A cancellation is a cancellation; any other error may pass")
    func others() {
        #expect(ErrorClass(classifying: CancellationError()) == .cancelled)
        #expect(ErrorClass(classifying: Plain()) == .retriable)
    }

    @Test("Each class has its directive", arguments: ErrorClass.allCases)
    func directives(errorClass: ErrorClass) {
        let policy = RestartPolicy(
            onRetriable: .resume, onPermanent: .stop, onTimedOut: .restart, onCancelled: .escalate)
        let expected: [ErrorClass: RestartDirective] = [
            .retriable: .resume, .permanent: .stop, .timedOut: .restart, .cancelled: .escalate,
        ]
        #expect(policy.directive(for: errorClass) == expected[errorClass])
    }

    @Test("Past the intensity a stream is parked and a process escalates, unless told otherwise")
    func defaults() {
        #expect(RestartPolicy.stream.onIntensityExceeded == .stop)
        #expect(RestartPolicy.process.onIntensityExceeded == .escalate)
        #expect(RestartPolicy.process.onFinish == .restart)
    }
}
