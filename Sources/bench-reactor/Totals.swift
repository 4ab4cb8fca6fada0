import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The number of events handled and the XOR of all streams' digests, in one stripe per thread.
final class Totals: Sendable {
    private struct Stripe: ~Copyable {
        let events = Atomic<Int>(0)
        let digest = Atomic<UInt64>(0)
        // Keeps stripes on cache lines of their own.
        let padding: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0)
    }

    private final class Stripes: Sendable {
        let a = Stripe(), b = Stripe(), c = Stripe(), d = Stripe(), e = Stripe(), f = Stripe(), g = Stripe(),
            h = Stripe()
    }

    private let stripes = Stripes()

    func add(events: Int, change: UInt64) {
        withStripe(Self.threadNumber & 7) { stripe in
            _ = stripe.events.add(events, ordering: .relaxed)
            _ = stripe.digest.bitwiseXor(change, ordering: .relaxed)
        }
    }

    var events: Int {
        (0..<8).reduce(0) { sum, number in sum + withStripe(number) { $0.events.load(ordering: .acquiring) } }
    }

    var digest: UInt64 {
        (0..<8).reduce(0) { digest, number in digest ^ withStripe(number) { $0.digest.load(ordering: .acquiring) } }
    }

    private func withStripe<Result>(_ number: Int, _ body: (borrowing Stripe) -> Result) -> Result {
        switch number {
        case 0: body(stripes.a)
        case 1: body(stripes.b)
        case 2: body(stripes.c)
        case 3: body(stripes.d)
        case 4: body(stripes.e)
        case 5: body(stripes.f)
        case 6: body(stripes.g)
        default: body(stripes.h)
        }
    }

    private static var threadNumber: Int {
        #if canImport(Darwin)
            let thread = unsafe UInt(bitPattern: pthread_self())
        #else
            let thread = UInt(pthread_self())
        #endif
        return Int(truncatingIfNeeded: (thread &* 0x9E37_79B9_7F4A_7C15) &>> 56)
    }
}
