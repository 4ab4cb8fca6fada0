public import Sharding
public import Supervision

/// What operators ask of a reactor from other processes, and what it has answered.
///
/// A running reactor looks for requests every ``ReactorConfiguration/requestInterval``; those of one stream are carried out
/// one after another. A request may be carried out twice, when the reactor dies before its answer is kept: the second time
/// finds nothing left to do, and the answer says so.
public protocol OperatorRequests: Sendable {
    /// Posts a request to a reactor, running or not.
    ///
    /// - Parameters:
    ///   - request: what is wanted.
    ///   - reactor: of which reactor.
    ///   - time: when it is posted, for people.
    /// - Returns: its number among the reactor's requests: 1 or more, and higher than those before.
    func post(_ request: OperatorRequest, to reactor: String, at time: Timestamp) async throws -> Int64

    /// The requests of a reactor that aren't answered, in the order of their numbers.
    ///
    /// - Parameters:
    ///   - reactor: of which reactor.
    ///   - number: only those of higher numbers; 0 for all, since numbers begin at 1.
    ///   - limit: the most to return.
    func openRequests(of reactor: String, after number: Int64, limit: Int) async throws -> [PostedRequest]

    /// Answers a request. One that is answered already keeps its answer, and one that was forgotten stays so.
    ///
    /// - Parameters:
    ///   - number: the request's.
    ///   - reactor: which reactor was asked.
    ///   - answer: what has become of it.
    ///   - fence: one of the reactor's: that of its own scope, under the empty partition, or of the partition that it runs.
    /// - Throws: ``StoreError`` of code ``StoreError/Code/staleFence`` when ownership has passed on.
    func answer(_ number: Int64, of reactor: String, with answer: OperatorAnswer, fence: Fence) async throws

    /// A request with its answer, if it has one; `nil` when there is none of this number.
    func request(_ number: Int64, of reactor: String) async throws -> PostedRequest?

    /// Forgets a request, answered or not. One that isn't answered may be under way all the same.
    func forgetRequest(_ number: Int64, of reactor: String) async throws
}
