import Supervision

/// What operators have asked of a reactor.
struct InMemoryRequests: Sendable {
    private var requests = OrderedRows<Int64, PostedRequest>()
    private var last: Int64 = 0

    mutating func post(_ request: OperatorRequest, at time: Timestamp) -> Int64 {
        last += 1
        requests.insert(PostedRequest(number: last, request: request, postedAt: time), at: last)
        return last
    }

    func open(after number: Int64, limit: Int) -> [PostedRequest] {
        Array(requests.rows(from: number + 1, limit: .max).lazy.filter { $0.answer == nil }.prefix(limit))
    }

    subscript(number: Int64) -> PostedRequest? { requests[number] }

    mutating func answer(_ number: Int64, with answer: OperatorAnswer) {
        if requests[number]?.answer == nil { requests[number]?.answer = answer }
    }

    mutating func forget(_ number: Int64) { requests.remove(number) }
}
