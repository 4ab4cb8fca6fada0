import ActorProcessing
import Foundation
import Hummingbird

/// `POST /events`: 202 when the events are taken, 400 when they can't be read, 429 when there is no room for them now.
func makeRouter(_ feed: WebhookFeed) -> Router<BasicRequestContext> {
    let router = Router()
    router.post("events") { request, _ -> Response in
        let body = try await request.body.collect(upTo: 1 << 20)
        let events: [Event]
        do {
            events = try cloudEvents(in: Data(body.readableBytesView))
        } catch {
            return answer(.badRequest, "\(error)\n")
        }
        if feed.accept(events) { return answer(.accepted, "") }
        var refusal = answer(.tooManyRequests, "come again later\n")
        refusal.headers[.retryAfter] = "1"
        return refusal
    }
    return router
}

private func answer(_ status: HTTPResponse.Status, _ text: String) -> Response {
    Response(status: status, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
}
